import { Alert, Button, Group, Paper, Stack, Tabs, Text, TextInput } from '@mantine/core';
import { useDebouncedValue, useHotkeys } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { TriangleAlert } from 'lucide-react';
import type { CollectionModel } from 'pocketbase';
import { lazy, type ReactNode, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { useUnsaved } from '~/ui/actions/useUnsaved';
import { Loading } from '~/ui/States';
import { AuthTab } from '../auth/AuthTab';
import classes from '../Collections.module.css';
import { FieldsTab } from '../fields/FieldsTab';
import { bodyOf, type Draft, draftOf } from '../model/draft';
import { IndexesTab } from './IndexesTab';
import { PlanDialog } from './PlanDialog';
import { RulesTab } from './RulesTab';
import type { ChangeDraft } from './tabs';
import { useOwner } from './useOwner';
import { useSaving } from './useSaving';

const QueryTab = lazy(() => import('./QueryTab'));

const tabsOf = { base: ['fields', 'rules', 'indexes'], auth: ['fields', 'rules', 'auth', 'indexes'], view: ['query', 'rules'] } as const;
type TabName = (typeof tabsOf)['auth' | 'view'][number];

interface CollectionEditorProps {
  /** What is saved, or what a new one begins with. */
  start: Draft;
  /** The collection as the server has it now; absent for a new one. */
  current?: CollectionModel;
  before?: ReactNode;
}

/** The definition of a collection: name, fields, rules, indexes, sign-in. */
export function CollectionEditor({ start: first, current, before }: CollectionEditorProps) {
  const { t } = useTranslation(['collections', 'common']);
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const [{ start, updated }, setBase] = useState({ start: first, updated: current?.updated });
  const [draft, setDraft] = useState(start);
  const isNew = !start.id;
  const changed = useMemo(() => JSON.stringify(bodyOf(draft)) !== JSON.stringify(bodyOf(start)), [draft, start]);
  const [leaving, setLeaving] = useState<string>();
  useUnsaved(changed && !leaving);

  const change = useCallback<ChangeDraft>((part) => setDraft((now) => (typeof part === 'function' ? part(now) : { ...now, ...part })), []);
  const begin = useCallback((collection: CollectionModel) => {
    const next = draftOf(collection);
    setBase({ start: next, updated: collection.updated });
    setDraft(next);
  }, []);
  // What somebody else saved is taken over as long as nothing was typed here; afterwards it is only told.
  const newer = current !== undefined && current.updated > (updated ?? '');
  useEffect(() => {
    if (newer && !changed) begin(current);
  }, [newer, changed, current, begin]);

  const saved = (collection: CollectionModel) => {
    const { name } = collection;
    notifications.show({ message: t('saved', { name }), color: 'green' });
    if (isNew) return setLeaving(`/collections/${name}`);
    begin(collection);
    // The address names the collection, so a new name is a new address.
    if (name !== start.name) setLeaving(`/collections/${name}/edit?${params}`);
  };
  // Only once nothing asks any more whether the page may be left.
  useEffect(() => {
    if (!leaving) return;
    navigate(leaving, { replace: !isNew });
    if (!isNew) setLeaving(undefined);
  }, [leaving, isNew, navigate]);
  const { plan, busy, saving, problem, look, save, confirm, close, forget } = useSaving(draft, saved);
  const [asked] = useDebouncedValue(draft, 400);
  const { owner, collection } = useOwner(asked, start);

  const errorsAt = useCallback(
    (path: string) => {
      const start = path ? `${path}.` : '';
      return Object.fromEntries(
        Object.entries(problem?.fields ?? {}).flatMap(([at, text]) => (at.startsWith(start) ? [[at.slice(start.length), text]] : [])),
      );
    },
    [problem],
  );

  useHotkeys([['mod+S', () => (changed || isNew) && !busy && save()]], []);
  const tabs: readonly TabName[] = tabsOf[draft.type];
  const tab = tabs.find((one) => one === params.get('tab')) ?? tabs[0];
  const shared = { draft, onChange: change, errorsAt };

  return (
    <Stack gap="lg">
      {before}
      {newer && changed && (
        <Alert color="yellow" variant="light" icon={<TriangleAlert aria-hidden />} title={t('newer.title')}>
          <Text size="sm">{t('newer.text')}</Text>
          <Button mt="sm" size="xs" variant="default" onClick={() => begin(current)}>
            {t('newer.action')}
          </Button>
        </Alert>
      )}
      <TextInput
        label={t('name')}
        description={t('nameHint')}
        maw={420}
        required
        value={draft.name}
        disabled={draft.system}
        error={errorsAt('').name}
        onChange={(event) => change({ name: event.currentTarget.value })}
        data-autofocus={isNew || undefined}
        autoComplete="off"
        spellCheck={false}
      />
      <Tabs value={tab} onChange={(next) => setParams({ tab: next ?? '' }, { replace: true })} keepMounted={false}>
        <Tabs.List mb="lg">
          {tabs.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t(`tabs.${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="fields">
          <FieldsTab {...shared} />
        </Tabs.Panel>
        <Tabs.Panel value="query">
          <Suspense fallback={<Loading />}>
            <QueryTab {...shared} />
          </Suspense>
        </Tabs.Panel>
        <Tabs.Panel value="rules">
          <RulesTab {...shared} owner={owner} collection={collection} />
        </Tabs.Panel>
        <Tabs.Panel value="auth">
          <AuthTab {...shared} owner={owner} collection={collection} />
        </Tabs.Panel>
        <Tabs.Panel value="indexes">
          <IndexesTab {...shared} />
        </Tabs.Panel>
      </Tabs>
      {(changed || isNew) && (
        <Paper withBorder shadow="md" px="md" py="sm" className={classes.bar} role="region" aria-label={t('unsaved')}>
          <Group justify="space-between" gap="sm">
            <Stack gap={2} flex="1 1 240px">
              <Text size="sm">{t(isNew ? 'unsavedNew' : 'unsaved')}</Text>
              {problem && (
                <Text size="sm" role="alert" className={classes.wrong}>
                  {problem.offline
                    ? t('states.offline', { ns: 'common' })
                    : [
                        problem.message,
                        ...Object.entries(problem.fields)
                          .slice(0, 3)
                          .map(([at, text]) => `${at}: ${text}`),
                      ].join(' ')}
                </Text>
              )}
            </Stack>
            <Group gap="xs">
              {!isNew && (
                <Button
                  variant="subtle"
                  color="gray"
                  disabled={busy}
                  onClick={() => {
                    setDraft(start);
                    forget();
                  }}
                >
                  {t('discard')}
                </Button>
              )}
              <Button variant="default" disabled={busy} onClick={look}>
                {t('plan.look')}
              </Button>
              <Button loading={busy} onClick={save}>
                {t(isNew ? 'createIt' : 'saveIt')}
              </Button>
            </Group>
          </Group>
        </Paper>
      )}
      <PlanDialog plan={plan} action={t(isNew ? 'createIt' : 'saveIt')} saving={saving} onDo={confirm} onClose={close} />
    </Stack>
  );
}
