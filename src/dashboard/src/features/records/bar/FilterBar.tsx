import { ActionIcon, Box, Button, Group, Loader, TextInput } from '@mantine/core';
import { Search, X } from 'lucide-react';
import type { CollectionModel } from 'pocketbase';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FilterInput } from '~/ui/rules/FilterInput';

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
export function FilterBar({ collection, search, filter, busy, onSearch, onFilter }: FilterBarProps) {
  const { t } = useTranslation('records');
  const [text, setText] = useState(search);
  const [wanted, setWanted] = useState(filter);
  const sent = useRef(search);
  useEffect(() => setWanted(filter), [filter]);

  // The address follows the typing; only what came from elsewhere, such as the browser's arrow, changes what is typed.
  useEffect(() => {
    if (search !== sent.current) setText(search);
    sent.current = search;
  }, [search]);
  const look = useCallback(
    (next: string) => {
      if (next === sent.current) return;
      sent.current = next;
      onSearch(next);
    },
    [onSearch],
  );
  useEffect(() => {
    const timer = setTimeout(() => look(text), 350);
    return () => clearTimeout(timer);
  }, [text, look]);

  return (
    <Group gap="xs" flex={1} miw={260} wrap="nowrap">
      <TextInput
        type="search"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Enter' && look(text)}
        leftSection={busy ? <Loader size={14} aria-hidden /> : <Search size={16} aria-hidden />}
        placeholder={t('bar.searchHint')}
        aria-label={t('bar.search')}
        w={{ base: 140, md: 240 }}
      />
      <Box flex={1} miw={0}>
        <FilterInput
          collection={collection.name}
          value={wanted}
          onChange={setWanted}
          onSubmit={(next) => onFilter(next.trim())}
          label={t('bar.filter')}
          placeholder={t('bar.filterHint')}
        />
      </Box>
      {wanted.trim() !== filter && (
        <Button variant="light" onClick={() => onFilter(wanted.trim())}>
          {t('bar.apply')}
        </Button>
      )}
      {filter !== '' && wanted.trim() === filter && (
        <ActionIcon variant="subtle" color="gray" size="lg" onClick={() => onFilter('')} aria-label={t('bar.clear')}>
          <X size={16} aria-hidden />
        </ActionIcon>
      )}
    </Group>
  );
}
