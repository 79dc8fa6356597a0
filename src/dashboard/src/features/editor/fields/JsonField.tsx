import { json, jsonParseLinter } from '@codemirror/lang-json';
import { linter } from '@codemirror/lint';
import { Alert, Button, FileButton, Group, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { saveFile } from '~/ui/actions/saveFile';
import { CodeEditor } from '~/ui/CodeEditor';
import { bytesText } from '~/ui/texts/formats';
import { largeJson } from '../model/values';
import { FieldFrame } from './FieldFrame';
import classes from './fields.module.css';
import type { FieldProps } from './props';

const check = jsonParseLinter();

/** JSON. What is too large to edit is shown by its beginning, and can be downloaded and replaced. */
export default function JsonField({ field, value, onChange, error, changed, record }: FieldProps<string>) {
  const { t, i18n } = useTranslation('editor');
  const extensions = useMemo(() => [json(), linter((view) => (view.state.doc.toString().trim() ? check(view) : []), { delay: 300 })], []);
  const large = value.length > largeJson;

  const tidy = () => {
    try {
      onChange(JSON.stringify(JSON.parse(value), null, 2));
    } catch {
      // The editor marks where it is no JSON.
    }
  };
  const download = () => saveFile(`${field.name}-${record?.id ?? 'new'}.json`, new Blob([value], { type: 'application/json' }));

  return (
    <FieldFrame
      field={field}
      error={error}
      changed={changed}
      actions={
        <Group gap={4}>
          {!large && value.trim() && (
            <Button size="compact-xs" variant="subtle" color="gray" onClick={tidy}>
              {t('json.tidy')}
            </Button>
          )}
          {value && (
            <Button size="compact-xs" variant="subtle" color="gray" onClick={download}>
              {t('json.download')}
            </Button>
          )}
          <FileButton accept=".json,application/json" onChange={async (file) => file && onChange(await file.text())}>
            {(props) => (
              <Button {...props} size="compact-xs" variant="subtle" color="gray">
                {t('json.replace')}
              </Button>
            )}
          </FileButton>
        </Group>
      }
    >
      {large ? (
        <>
          <Alert variant="light" color="gray" p="xs" mb={6}>
            <Group justify="space-between">
              <Text size="sm">{t('json.large', { size: bytesText(value.length, i18n.language) })}</Text>
              <Button size="compact-xs" variant="default" onClick={() => onChange('')}>
                {t('json.empty')}
              </Button>
            </Group>
          </Alert>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard (WCAG 2.1.1). */}
          <pre className={classes.pre} dir="auto" tabIndex={0}>
            {`${value.slice(0, 4000)} …`}
          </pre>
        </>
      ) : (
        <CodeEditor value={value} onChange={onChange} label={field.name} extensions={extensions} minHeight={72} maxHeight={420} />
      )}
    </FieldFrame>
  );
}
