import { useMantineColorScheme } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight';
import { useQuery } from '@tanstack/react-query';
import {
  Database,
  FileUp,
  Keyboard,
  LayoutTemplate,
  type LucideIcon,
  Moon,
  Plus,
  Search,
  SlidersHorizontal,
  Sun,
  Table2,
  UserRound,
} from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { pb } from '~/api/client';
import { displayText } from '~/api/display';
import { useCollections } from '~/api/queries';
import { navigation } from './navigation';

/** The command palette (Ctrl+K): every page, collection and action, and records by their id. */
export function Palette({ showKeys }: { showKeys: () => void }) {
  const { t } = useTranslation('common');
  const navigate = useNavigate();
  const { setColorScheme } = useMantineColorScheme();
  const [query, setQuery] = useState('');
  const collections = useCollections() ?? [];
  const found = useRecordsById(query);
  const icon = (Icon: LucideIcon) => <Icon size={17} aria-hidden />;
  const go = (to: string) => () => navigate(to);

  const actions: SpotlightActionGroupData[] = [
    {
      group: t('palette.records'),
      actions: found.map(({ collection, id, text }) => ({
        id: `record-${collection}-${id}`,
        label: text,
        description: `${collection} · ${id}`,
        leftSection: icon(Search),
        onClick: go(`/collections/${collection}/records/${id}`),
      })),
    },
    {
      group: t('palette.pages'),
      actions: [
        ...navigation.flatMap(({ entries }) =>
          entries.map(({ label, to, icon: Icon }) => ({ id: `page-${to}`, label: t(`nav.${label}`), leftSection: icon(Icon), onClick: go(to) })),
        ),
        { id: 'page-account', label: t('account.own'), leftSection: icon(UserRound), onClick: go('/account') },
      ],
    },
    {
      group: t('palette.collections'),
      actions: collections.flatMap(({ name, system, type }) => [
        { id: `open-${name}`, label: name, leftSection: icon(Table2), onClick: go(`/collections/${name}`) },
        {
          id: `edit-${name}`,
          label: name,
          description: t('palette.fields'),
          leftSection: icon(SlidersHorizontal),
          onClick: go(`/collections/${name}/edit`),
        },
        ...(system || type === 'view'
          ? []
          : [
              { id: `new-${name}`, label: t('palette.newRecord', { name }), leftSection: icon(Plus), onClick: go(`/collections/${name}?record=new`) },
            ]),
      ]),
    },
    {
      group: t('palette.actions'),
      actions: [
        { id: 'new-collection', label: t('palette.newCollection'), leftSection: icon(Database), onClick: go('/collections/new') },
        { id: 'template', label: t('palette.template'), leftSection: icon(LayoutTemplate), onClick: go('/welcome?way=template') },
        { id: 'import', label: t('palette.importFile'), leftSection: icon(FileUp), onClick: go('/welcome?way=import') },
        { id: 'dark', label: t('palette.dark'), leftSection: icon(Moon), onClick: () => setColorScheme('dark') },
        { id: 'light', label: t('palette.light'), leftSection: icon(Sun), onClick: () => setColorScheme('light') },
        { id: 'keys', label: t('palette.keys'), leftSection: icon(Keyboard), onClick: showKeys },
      ],
    },
  ];

  return (
    <Spotlight
      actions={actions.filter((group) => group.actions.length > 0)}
      query={query}
      onQueryChange={setQuery}
      shortcut="mod + K"
      tagsToIgnore={[]}
      triggerOnContentEditable
      highlightQuery
      limit={14}
      scrollable
      maxHeight={440}
      nothingFound={t('palette.none')}
      searchProps={{ placeholder: t('palette.search'), 'aria-label': t('palette.open'), leftSection: icon(Search), onKeyDown: takeFirst }}
    />
  );
}

/** Enter takes the first of what was found, while none was chosen with the arrow keys. */
function takeFirst({ key, nativeEvent }: KeyboardEvent) {
  if (key !== 'Enter' || nativeEvent.isComposing || document.querySelector('[data-action][data-selected]')) return;
  document.querySelector<HTMLElement>('[data-action]')?.click();
}

/** Records whose id was typed, wherever they are. */
function useRecordsById(query: string) {
  const [id] = useDebouncedValue(query.trim(), 250);
  const collections = useCollections();
  const { data } = useQuery({
    queryKey: ['palette', id],
    enabled: /^[a-z0-9]{15}$/.test(id) && collections !== undefined,
    queryFn: async () => {
      const own = (collections ?? []).filter(({ system }) => !system);
      const found = await Promise.all(
        own.map(async (collection) => {
          const { items } = await pb.collection(collection.name).getList(1, 1, { filter: pb.filter('id = {:id}', { id }), skipTotal: true });
          return items.map((record) => ({ collection: collection.name, id, text: displayText(record, collection) }));
        }),
      );
      return found.flat();
    },
  });
  return id === query.trim() && data ? data : [];
}
