import '@mantine/tiptap/styles.css';
import { html } from '@codemirror/lang-html';
import { Alert, SegmentedControl, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CodeEditor } from '~/ui/CodeEditor';
import { lostByEditor } from '../model/html';
import { FieldFrame } from './FieldFrame';
import type { FieldProps } from './props';
import { RichText } from './RichText';

const large = 300_000;

/** Rich text, seen as it reads or as HTML. What the visual editor cannot keep opens as HTML, so that nothing is lost by looking at it. */
export default function RichTextField({ field, value, onChange, error, changed }: FieldProps<string>) {
  const { t } = useTranslation('editor');
  const lost = useMemo(() => (value.length > large ? [] : lostByEditor(value)), [value]);
  const safe = lost.length === 0 && value.length <= large;
  const [chosen, setChosen] = useState<'text' | 'source' | null>(null);
  const view = chosen ?? (safe ? 'text' : 'source');
  const extensions = useMemo(() => html(), []);

  return (
    <FieldFrame
      field={field}
      error={error}
      changed={changed}
      actions={
        <SegmentedControl
          size="xs"
          aria-label={t('rich.view')}
          value={view}
          onChange={(next) => setChosen(next as 'text' | 'source')}
          data={[
            { value: 'text', label: t('rich.text') },
            { value: 'source', label: 'HTML' },
          ]}
        />
      }
    >
      {!safe && (
        <Alert variant="light" color="yellow" p="xs" mb={6}>
          <Text size="sm">{lost.length > 0 ? t('rich.lost', { tags: lost.slice(0, 8).join(', ') }) : t('rich.large')}</Text>
        </Alert>
      )}
      {view === 'text' ? (
        <RichText value={value} onChange={onChange} label={field.name} />
      ) : (
        <CodeEditor value={value} onChange={onChange} label={field.name} extensions={extensions} minHeight={120} maxHeight={420} />
      )}
    </FieldFrame>
  );
}
