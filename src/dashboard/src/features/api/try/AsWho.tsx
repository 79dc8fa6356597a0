import { Alert, Group, SegmentedControl, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { pb } from '~/api/client';
import { useCollections } from '~/api/queries';
import classes from '../api.module.css';

/** As whom something is tried. */
export type Who = { as: 'guest' } | { as: 'account'; collection: string; id: string } | { as: 'me' };

/** The token that somebody's request carries: none, one of the account for a minute, or one's own. */
export async function tokenOf(who: Who): Promise<string> {
  if (who.as === 'guest') return '';
  if (who.as === 'me') return pb.authStore.token;
  return (await pb.collection(who.collection).impersonate(who.id, 60)).authStore.token;
}

/** Choosing as whom to try: a guest unless somebody else is chosen on purpose. */
export function AsWho({ who, onChange }: { who: Who; onChange: (who: Who) => void }) {
  const { t } = useTranslation('api');
  const accounts = useCollections()?.filter(({ type, system }) => type === 'auth' && !system) ?? [];
  const [collection, setCollection] = useState<string>();
  const [search, setSearch] = useState('');
  const [wanted] = useDebouncedValue(search, 200);
  const chosen = collection ?? accounts[0]?.name ?? '';
  const found = useQuery({
    queryKey: ['records', chosen, 'accounts', wanted],
    queryFn: () =>
      pb.collection(chosen).getList(1, 20, { filter: wanted ? pb.filter('email ~ {:wanted} || id = {:wanted}', { wanted }) : '', skipTotal: true }),
    enabled: who.as === 'account' && chosen !== '',
  }).data;
  return (
    <>
      <Group gap="sm" align="end">
        <SegmentedControl
          aria-label={t('try.as')}
          className={classes.actions}
          value={who.as}
          onChange={(as) => onChange(as === 'account' ? { as, collection: chosen, id: '' } : as === 'me' ? { as } : { as: 'guest' })}
          data={[
            { value: 'guest', label: t('try.guest') },
            ...(accounts.length ? [{ value: 'account', label: t('try.account') }] : []),
            { value: 'me', label: t('try.me') },
          ]}
        />
        {who.as === 'account' && (
          <>
            {accounts.length > 1 && (
              <Select
                aria-label={t('try.collection')}
                w={150}
                data={accounts.map(({ name }) => name)}
                value={chosen}
                allowDeselect={false}
                onChange={(name) => {
                  setCollection(name ?? undefined);
                  onChange({ as: 'account', collection: name ?? chosen, id: '' });
                }}
              />
            )}
            <Select
              aria-label={t('try.which')}
              placeholder={t('try.which')}
              searchable
              flex="1 1 220px"
              data={found?.items.map(({ id, email }) => ({ value: id, label: email || id })) ?? []}
              value={who.id || null}
              onChange={(id) => onChange({ as: 'account', collection: chosen, id: id ?? '' })}
              onSearchChange={setSearch}
              nothingFoundMessage={t('try.nobody')}
              filter={({ options }) => options}
            />
          </>
        )}
      </Group>
      {who.as === 'me' && <Alert color="orange">{t('try.meHint')}</Alert>}
    </>
  );
}
