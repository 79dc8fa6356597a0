import { Alert, Button, Code, Group, Modal, MultiSelect, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import { useQuery } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import type { CollectionModel } from 'pocketbase';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '~/api/errors';
import { CopyButton } from '~/ui/actions/CopyButton';
import { useAct } from '~/ui/actions/useAct';
import { ErrorState } from '~/ui/States';
import { isEmpty, make, routes, type Scope } from './model';
import { ScopeFields } from './ScopeFields';

/** Makes a key of the viewer's own account and shows it this once. */
export function NewKey({ collections, onClose }: { collections: CollectionModel[]; onClose: () => void }) {
  const { t } = useTranslation('keys');
  const [name, setName] = useState('');
  const [scope, setScope] = useState<Scope>({ collections: {}, routes: [] });
  const [expires, setExpires] = useState<string | null>(null);
  const [password, setPassword] = useState('');
  const known = useQuery(routes);
  const create = useAct({
    do: () => make({ name: name.trim(), scope, ...(expires ? { expires: `${expires} 00:00:00.000Z` } : {}), ...(password ? { password } : {}) }),
    refresh: [['keys']],
    quiet: true,
  });
  const problem = create.error ? problemOf(create.error) : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate();
  };
  if (create.data)
    return (
      <Modal opened onClose={onClose} title={t('made.title')} size="lg" closeOnClickOutside={false}>
        <Stack>
          <Alert color="green" variant="light" icon={<KeyRound aria-hidden />}>
            {t('made.text')}
          </Alert>
          <Group gap="xs" wrap="nowrap">
            <Code block flex={1} style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
              {create.data.key}
            </Code>
            <CopyButton value={create.data.key} label={t('made.copy')} />
          </Group>
          <Text size="sm" c="dimmed">
            {t('made.use')}
          </Text>
          <Code
            block
            style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}
          >{`curl -H "Authorization: Bearer ${create.data.key.slice(0, 15)}…" ${location.origin}/api/…`}</Code>
          <Group justify="end">
            <Button onClick={onClose}>{t('made.done')}</Button>
          </Group>
        </Stack>
      </Modal>
    );
  return (
    <Modal opened onClose={onClose} title={t('new.title')} size="xl">
      <form onSubmit={submit}>
        <Stack>
          <Text size="sm">{t('new.text')}</Text>
          <Group grow align="start">
            <TextInput
              label={t('new.name')}
              placeholder={t('new.placeholder')}
              required
              maxLength={100}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              error={problem?.fields.name}
              data-autofocus
            />
            <DateInput
              label={t('new.expires')}
              placeholder={t('lasts')}
              clearable
              value={expires}
              onChange={setExpires}
              minDate={new Date()}
              valueFormat="YYYY-MM-DD"
              error={problem?.fields.expires}
            />
          </Group>
          <ScopeFields collections={collections} value={scope.collections} onChange={(chosen) => setScope({ ...scope, collections: chosen })} />
          <MultiSelect
            label={t('new.routes')}
            description={t('new.routesHint')}
            searchable
            clearable
            data={known.data ?? []}
            value={scope.routes}
            onChange={(chosen) => setScope({ ...scope, routes: chosen })}
            error={problem?.fields['scope.routes']}
            maxDropdownHeight={260}
          />
          {problem && <ErrorState error={create.error} />}
          {(problem?.status === 403 || password) && (
            <PasswordInput
              label={t('new.password')}
              description={t('new.passwordHint')}
              autoComplete="current-password"
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
              error={problem?.fields.password}
            />
          )}
          <Group justify="end">
            <Button variant="default" onClick={onClose}>
              {t('new.cancel')}
            </Button>
            <Button type="submit" loading={create.isPending} disabled={!name.trim() || isEmpty(scope)}>
              {t('new.action')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
