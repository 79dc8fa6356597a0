import { ActionIcon, Group, Loader, TextInput } from '@mantine/core';
import { ListFilter, Search, X } from 'lucide-react';
import type { CollectionModel } from 'pocketbase';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface FilterBarProps {
  collection: CollectionModel;
  search: string;
  filter: string;
  /** While the answer to the last change is awaited. */
  busy: boolean;
  onSearch: (text: string) => void;
  onFilter: (filter: string) => void;
}

/** Search in all text, and the filter of the API. Both act with Enter, the search also when the typing pauses. */
export function FilterBar({ search, filter, busy, onSearch, onFilter }: FilterBarProps) {
  const { t } = useTranslation('records');
  const [text, setText] = useState(search);
  const [wanted, setWanted] = useState(filter);
  useEffect(() => setText(search), [search]);
  useEffect(() => setWanted(filter), [filter]);

  useEffect(() => {
    if (text === search) return;
    const timer = setTimeout(() => onSearch(text), 350);
    return () => clearTimeout(timer);
  }, [text, search, onSearch]);

  return (
    <Group gap="xs" flex={1} miw={260} wrap="nowrap">
      <TextInput
        type="search"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Enter' && onSearch(text)}
        leftSection={busy ? <Loader size={14} aria-hidden /> : <Search size={16} aria-hidden />}
        placeholder={t('bar.searchHint')}
        aria-label={t('bar.search')}
        w={{ base: 140, md: 240 }}
      />
      <TextInput
        value={wanted}
        onChange={(event) => setWanted(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Enter' && onFilter(wanted)}
        leftSection={<ListFilter size={16} aria-hidden />}
        rightSection={
          wanted && (
            <ActionIcon variant="subtle" color="gray" onClick={() => onFilter('')} aria-label={t('grid.clear')}>
              <X size={15} aria-hidden />
            </ActionIcon>
          )
        }
        placeholder={t('bar.filterHint')}
        aria-label={t('bar.filter')}
        flex={1}
        ff="monospace"
      />
    </Group>
  );
}
