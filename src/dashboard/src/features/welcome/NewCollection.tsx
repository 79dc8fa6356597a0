import { Button, Checkbox, Group, Select, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ArrowRight } from 'lucide-react';
import type { CollectionModel } from 'pocketbase';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { pb } from '~/api/client';
import { useCollections } from '~/api/queries';
import type { Parsed } from '~/ui/ImportRecords/parse';
import { ErrorState } from '~/ui/States';
import { Columns } from './Columns';
import { type Column, collectionName, fieldsOf, inferColumns } from './infer';
import { times } from './templates/template';

/** The rule for reading, by who may. */
const rules = { nobody: null, signedIn: '@request.auth.id != ""', everybody: '' } as const;
type Readers = keyof typeof rules;

interface NewCollectionProps {
  file: string;
  parsed: Parsed;
  onBack: () => void;
  onMade: (collection: CollectionModel, columns: Column[]) => void;
}

/** What the columns of a file become, and the collection that is made for them. */
export function NewCollection({ file, parsed, onBack, onMade }: NewCollectionProps) {
  const { t, i18n } = useTranslation('welcome');
  const client = useQueryClient();
  const collections = useCollections();
  const [name, setName] = useState(() => collectionName(file));
  const [columns, setColumns] = useState(() => inferColumns(parsed.columns, parsed.rows));
  const [readers, setReaders] = useState<Readers>('nobody');
  const [dates, setDates] = useState(true);
  const fields = fieldsOf(columns);
  const own = new Set(fields.map((field) => field.name.toLowerCase()));
  const making = useMutation({
    mutationFn: () =>
      pb.collections.create({
        name,
        type: 'base',
        listRule: rules[readers],
        viewRule: rules[readers],
        fields: [...fields, ...(dates ? times.filter((field) => !own.has(field.name)) : [])],
      }),
    onSuccess: async (collection) => {
      await client.invalidateQueries({ queryKey: ['collections'] });
      onMade(collection, columns);
    },
  });
  const number = new Intl.NumberFormat(i18n.language);
  const taken = collections?.some((one) => one.name.toLowerCase() === name.toLowerCase());
  const nameError = /^\w+$/.test(name) ? (taken ? t('import.nameTaken') : null) : t('import.nameWrong');
  const fieldsWrong = own.size !== fields.length || fields.some((field) => !/^[A-Za-z_]\w*$/.test(field.name));

  return (
    <Stack maw={960}>
      <Text size="sm">{t('import.found', { rows: number.format(parsed.rows.length), columns: number.format(parsed.columns.length), file })}</Text>
      <Group align="start">
        <TextInput label={t('import.name')} value={name} onChange={(event) => setName(event.currentTarget.value)} error={nameError} w={280} />
        <Select
          label={t('import.readers')}
          data={(Object.keys(rules) as Readers[]).map((value) => ({ value, label: t(`import.${value}`) }))}
          value={readers}
          onChange={(value) => setReaders(value ?? 'nobody')}
          allowDeselect={false}
          w={220}
        />
      </Group>
      <Text size="sm" c="dimmed">
        {t('import.later')}
      </Text>
      <Columns columns={columns} onChange={setColumns} />
      <Checkbox label={t('import.dates')} checked={dates} onChange={(event) => setDates(event.currentTarget.checked)} />
      {fieldsWrong && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {t('import.fieldWrong')}
        </Text>
      )}
      {making.isError && <ErrorState error={making.error} />}
      <Group justify="end">
        <Button variant="default" onClick={onBack}>
          {t('import.other')}
        </Button>
        <Button
          rightSection={<ArrowRight size={16} aria-hidden />}
          disabled={nameError !== null || fieldsWrong || columns.every((column) => !column.taken)}
          loading={making.isPending}
          onClick={() => making.mutate()}
        >
          {t('import.create')}
        </Button>
      </Group>
    </Stack>
  );
}
