import { Radio, SimpleGrid, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { pb } from '~/api/client';
import { useCollections } from '~/api/queries';
import { PageFrame } from '~/ui/PageFrame';
import { ErrorState, Loading } from '~/ui/States';
import classes from '../Collections.module.css';
import { type CollectionType, collectionTypes, copyOf, draftOf, newField } from '../model/draft';
import { CollectionEditor } from './CollectionEditor';

const scaffolds = {
  queryKey: ['collections', 'scaffolds'],
  queryFn: () => pb.collections.getScaffolds(),
  staleTime: Number.POSITIVE_INFINITY,
};

/** A new collection: blank of one of three types, or a copy (`?copy=NAME`). */
export function NewCollectionPage() {
  const { t } = useTranslation('collections');
  const [params] = useSearchParams();
  const [type, setType] = useState<CollectionType>('base');
  const { data, error, refetch } = useQuery(scaffolds);
  const collections = useCollections();
  const source = collections?.find(({ name }) => name === params.get('copy'));
  const start = useMemo(() => {
    if (source) return copyOf(source, `${source.name}_copy`);
    const blank = data?.[type];
    if (!blank) return undefined;
    const draft = draftOf(blank);
    if (type === 'view') return draft;
    // Nearly every collection wants to know when its records were made and changed.
    const created = newField('autodate', draft.fields);
    const fields = [...draft.fields, created];
    return { ...draft, fields: [...fields, newField('autodate', fields)] };
  }, [data, source, type]);

  return (
    <PageFrame title={source ? t('new.copyOf', { name: source.name }) : t('new.title')} hint={t('new.hint')}>
      {!start && (error ? <ErrorState error={error} retry={refetch} /> : <Loading />)}
      {start && (
        <CollectionEditor
          key={`${start.type} ${source?.id}`}
          start={start}
          before={
            !source && (
              <Radio.Group value={type} onChange={(next) => setType(next as CollectionType)} label={t('new.type')} className={classes.lane}>
                <SimpleGrid cols={{ base: 1, sm: 3 }} mt={6}>
                  {collectionTypes.map((one) => (
                    <Radio.Card key={one} value={one} p="sm" radius="md" className={classes.type}>
                      <Text fw={600} size="sm">
                        {t(`types.${one}`)}
                      </Text>
                      <Text size="xs" c="dimmed">
                        {t(`typeHints.${one}`)}
                      </Text>
                    </Radio.Card>
                  ))}
                </SimpleGrid>
              </Radio.Group>
            )
          }
        />
      )}
    </PageFrame>
  );
}
