import { MultiSelect, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { CollectionField } from 'pocketbase';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { pb } from '~/api/client';
import { useCollections } from '~/api/queries';
import { displayField } from '../state/columns';
import { idFilters } from '../state/query';

interface RelationInputProps {
  field: CollectionField;
  value: unknown;
  onChange: (value: unknown) => void;
  size: 'xs' | 'sm';
  error?: string | null;
  label?: string;
  'aria-label'?: string;
}

/** Chooses records of another collection by their names, found while typing. */
export function RelationInput({ field, value, onChange, ...shared }: RelationInputProps) {
  const { t } = useTranslation('records');
  const target = useCollections()?.find(({ id }) => id === field.collectionId);
  const [text, setText] = useState('');
  const [wanted] = useDebouncedValue(text, 200);
  const chosen = (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string' && one !== '');
  const name = target ? displayField(target) : 'id';
  const options = useQuery({
    queryKey: ['records', field.collectionId, 'names', wanted, chosen],
    enabled: target !== undefined,
    queryFn: async ({ signal }) => {
      const ask = (filter: string) => pb.collection(field.collectionId).getList(1, 50, { filter, fields: `id,${name}`, skipTotal: true, signal });
      const quoted = JSON.stringify(wanted.trim());
      const [found, kept] = await Promise.all([
        ask(wanted.trim() ? `${name} ~ ${quoted} || id = ${quoted}` : ''),
        chosen.length > 0 ? ask(idFilters(chosen)[0]?.filter ?? '') : null,
      ]);
      const all = new Map([...(kept?.items ?? []), ...found.items].map((one) => [one.id, String(one[name] || one.id)]));
      return [...all].map(([id, label]) => ({ value: id, label: label.slice(0, 80) }));
    },
  });
  const common = {
    ...shared,
    w: '100%',
    data: options.data ?? [],
    searchable: true,
    clearable: true,
    searchValue: text,
    onSearchChange: setText,
    filter: ({ options: all }: { options: unknown[] }) => all as never,
    nothingFoundMessage: t('inputs.nothingFound'),
    'data-autofocus': true,
  };
  return (field.maxSelect ?? 0) > 1 ? (
    <MultiSelect {...common} value={chosen} onChange={onChange} maxValues={field.maxSelect} />
  ) : (
    <Select {...common} value={chosen[0] ?? null} onChange={(next) => onChange(next ?? '')} />
  );
}
