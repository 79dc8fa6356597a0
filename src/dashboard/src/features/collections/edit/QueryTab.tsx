import { sql } from '@codemirror/lang-sql';
import { Badge, Group, Input, Stack, Table, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useCollections } from '~/api/queries';
import { CodeEditor } from '~/ui/CodeEditor';
import { ErrorState } from '~/ui/States';
import { FieldIcon } from '~/ui/texts/FieldIcon';
import classes from '../Collections.module.css';
import type { TabProps } from './tabs';
import { triedView } from './tryView';

/** The query of a view, with the fields that it gives and its first rows. Brings CodeMirror; load it lazily. */
export default function QueryTab({ draft, onChange, errorsAt }: TabProps) {
  const { t } = useTranslation('collections');
  const collections = useCollections();
  const query = draft.viewQuery ?? '';
  const [asked] = useDebouncedValue(query, 500);
  const { data, error } = useQuery(triedView(asked));
  const extensions = useMemo(
    () =>
      sql({
        schema: Object.fromEntries((collections ?? []).map(({ name, fields }) => [name, fields.map((field) => field.name)])),
        upperCaseKeywords: true,
      }),
    [collections],
  );
  const wrong = errorsAt('').viewQuery;
  return (
    <Stack gap="md">
      <div className={classes.lane}>
        <Text size="sm" c="dimmed" mb="xs">
          {t('query.hint')}
        </Text>
        <CodeEditor
          value={query}
          onChange={(text) => onChange({ viewQuery: text })}
          label={t('tabs.query')}
          extensions={extensions}
          placeholder="SELECT id, title FROM posts"
          minHeight={140}
        />
        {wrong && <Input.Error mt={4}>{wrong}</Input.Error>}
      </div>
      {error && asked.trim() !== '' && <ErrorState error={error} />}
      {data && !error && (
        <>
          <Group gap="xs">
            {data.fields.map(({ name, type }) => (
              <Badge key={name} variant="default" tt="none" leftSection={<FieldIcon type={type} />}>
                {name}
              </Badge>
            ))}
          </Group>
          {data.sample.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('query.empty')}
            </Text>
          ) : (
            <Table.ScrollContainer minWidth={480}>
              <Table aria-label={t('query.sample')}>
                <Table.Thead>
                  <Table.Tr>
                    {data.fields.map(({ name }) => (
                      <Table.Th key={name}>{name}</Table.Th>
                    ))}
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {data.sample.map((record, i) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: a sample that is never reordered
                    <Table.Tr key={i}>
                      {data.fields.map(({ name }) => (
                        <Table.Td key={name} dir="auto">
                          {textOf(record[name])}
                        </Table.Td>
                      ))}
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Table.ScrollContainer>
          )}
        </>
      )}
    </Stack>
  );
}

function textOf(value: unknown): string {
  const text = typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '');
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
