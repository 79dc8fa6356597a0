import { Anchor, Code, Group, Stack, Text } from '@mantine/core';
import type { CollectionModel, RecordModel } from 'pocketbase';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { pb } from '~/api/client';
import { CopyButton } from '~/ui/actions/CopyButton';
import classes from '../fields/fields.module.css';

const most = 50_000;

/** The record as a program gets it, and how to ask for it. */
export function ApiPreview({ collection, record, tag }: { collection: CollectionModel; record: RecordModel; tag: string }) {
  const { t } = useTranslation('editor');
  const address = pb.buildURL(`/api/collections/${collection.name}/records/${record.id}`);
  const script = `await pb.collection('${collection.name}').getOne('${record.id}')`;
  const text = useMemo(() => JSON.stringify(record, null, 2), [record]);
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed">
        {t('api.hint')}{' '}
        <Anchor component={Link} to={`/collections/${encodeURIComponent(collection.name)}/api`} inherit underline="always">
          {t('api.more')}
        </Anchor>
      </Text>
      {[
        ['HTTP', `GET ${address}`],
        ['JavaScript', script],
      ].map(([name, line = '']) => (
        <div key={name}>
          <Text size="xs" c="dimmed" mb={4}>
            {name}
          </Text>
          <Group wrap="nowrap" gap={4}>
            <Code block flex={1} className={classes.code}>
              {line}
            </Code>
            <CopyButton value={line.replace(/^GET /, '')} />
          </Group>
        </div>
      ))}
      <div>
        <Group justify="space-between">
          <Text size="xs" c="dimmed">
            {tag ? `ETag: ${tag}` : t('api.answer')}
          </Text>
          <CopyButton value={text} label={t('api.copy')} />
        </Group>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard (WCAG 2.1.1). */}
        <pre className={classes.pre} tabIndex={0}>
          {text.length > most ? `${text.slice(0, most)}\n…` : text}
        </pre>
      </div>
    </Stack>
  );
}
