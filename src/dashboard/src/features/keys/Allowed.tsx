import { Paper, Stack, Switch, Text, Title } from '@mantine/core';
import type { CollectionModel } from 'pocketbase';
import { useTranslation } from 'react-i18next';
import { pb } from '~/api/client';
import { useAct } from '~/ui/actions/useAct';
import { allowsKeys } from './model';

/** Turns keys for the accounts of a collection on or off. */
export function useAllow() {
  const { t } = useTranslation('keys');
  return useAct({
    do: ({ name, enabled }: { name: string; enabled: boolean }) => pb.collections.update(name, { apiKeys: { enabled } }),
    done: (_, { name, enabled }) => t(enabled ? 'allowed.turnedOn' : 'allowed.turnedOff', { name }),
    refresh: [['collections']],
  });
}

/** Whose accounts may have keys. */
export function Allowed({ collections }: { collections: CollectionModel[] }) {
  const { t } = useTranslation('keys');
  const allow = useAllow();
  const accounts = collections.filter(({ type }) => type === 'auth');
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Title order={2} size="h5">
          {t('allowed.title')}
        </Title>
        <Text size="sm" c="dimmed">
          {t('allowed.hint')}
        </Text>
        {accounts.map((collection) => (
          <Switch
            key={collection.id}
            label={collection.name}
            checked={allowsKeys(collection)}
            disabled={allow.isPending}
            onChange={(event) => allow.mutate({ name: collection.name, enabled: event.currentTarget.checked })}
          />
        ))}
      </Stack>
    </Paper>
  );
}
