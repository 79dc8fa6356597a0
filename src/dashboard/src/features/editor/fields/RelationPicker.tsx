import { Combobox, Loader, ScrollArea, Text, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Plus, Search } from 'lucide-react';
import type { CollectionModel } from 'pocketbase';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { displayText } from '~/api/display';
import { problemOf } from '~/api/errors';
import { findRecords } from '../model/related';
import { RecordPanel } from '../RecordPanel';

interface Picking {
  label: string;
  target: CollectionModel;
  chosen: string[];
  onChoose: (id: string) => void;
  placeholder: string;
}

const create = '\u0000create';

/** Finds a record by typing, or makes a new one. */
export function RelationPicker({ label, target, chosen, onChoose, placeholder }: Picking) {
  const { t } = useTranslation('editor');
  const [text, setText] = useState('');
  const [wanted] = useDebouncedValue(text, 200);
  const [making, setMaking] = useState(false);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const { data, isFetching, error } = useQuery({
    queryKey: ['related', target.id, 'find', wanted],
    queryFn: () => findRecords(target, wanted),
    enabled: combobox.dropdownOpened,
  });
  const offered = data?.filter(({ id }) => !chosen.includes(id)) ?? [];

  const choose = (id: string) => {
    if (id === create) setMaking(true);
    else onChoose(id);
    setText('');
    combobox.closeDropdown();
  };

  return (
    <>
      <Combobox store={combobox} onOptionSubmit={choose} withinPortal>
        <Combobox.Target>
          <TextInput
            mt={chosen.length > 0 ? 6 : 0}
            aria-label={t('relation.findIn', { label, name: target.name })}
            placeholder={placeholder}
            value={text}
            dir="auto"
            leftSection={<Search size={15} aria-hidden />}
            rightSection={isFetching && combobox.dropdownOpened ? <Loader size={14} /> : undefined}
            onChange={(event) => {
              setText(event.currentTarget.value);
              combobox.openDropdown();
              combobox.resetSelectedOption();
            }}
            onClick={() => combobox.openDropdown()}
            onBlur={() => combobox.closeDropdown()}
          />
        </Combobox.Target>
        <Combobox.Dropdown>
          <Combobox.Options>
            <ScrollArea.Autosize mah={260} type="auto">
              {offered.map((record) => {
                const name = displayText(record, target);
                return (
                  <Combobox.Option key={record.id} value={record.id}>
                    <Text size="sm" truncate dir="auto">
                      {name}
                    </Text>
                    {name !== record.id && (
                      <Text size="xs" c="dimmed" ff="monospace">
                        {record.id}
                      </Text>
                    )}
                  </Combobox.Option>
                );
              })}
              {data && offered.length === 0 && <Combobox.Empty>{t('relation.nothing')}</Combobox.Empty>}
              {error && <Combobox.Empty>{problemOf(error).message}</Combobox.Empty>}
            </ScrollArea.Autosize>
            {target.type !== 'view' && (
              <Combobox.Option value={create}>
                <Text size="sm" c="var(--mantine-primary-color-filled)" component="span">
                  <Plus size={14} aria-hidden /> {t('relation.create', { name: target.name })}
                </Text>
              </Combobox.Option>
            )}
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      {making && <RecordPanel collection={target} id="new" nested onClose={() => setMaking(false)} onSaved={({ id }) => onChoose(id)} />}
    </>
  );
}
