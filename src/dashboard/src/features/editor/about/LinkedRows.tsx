import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { CollectionModel, RecordModel } from 'pocketbase';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { pb } from '~/api/client';
import { queries } from '~/api/queries';
import { confirm } from '~/ui/actions/confirm';
import { ErrorState, Loading } from '~/ui/States';
import { TimeText } from '~/ui/texts/TimeText';
import classes from '../fields/fields.module.css';
import { Section } from './Section';
import { tell } from './tell';

interface Linked {
  collection: CollectionModel;
  record: RecordModel;
  /** The system collection whose rows belong to accounts. */
  from: '_sessions' | '_passkeys' | '_externalAuths';
  title: string;
  nothing: string;
  action: string;
  /** A row in words: what it is, and a detail. */
  children: (row: RecordModel) => [string, string];
}

/** Rows of a system collection that belong to an account, each of which can be ended. */
export function LinkedRows({ collection, record, from, title, nothing, action, children: words }: Linked): ReactNode {
  const { t } = useTranslation('editor');
  const key = ['account', record.id, from];
  const { data, error, refetch } = useQuery({
    queryKey: key,
    queryFn: () =>
      pb.collection(from).getFullList({
        filter: pb.filter('recordRef = {:record} && collectionRef = {:collection}', { record: record.id, collection: collection.id }),
        sort: '-created',
      }),
  });
  const remove = async (row: RecordModel, name: string) => {
    if (!(await confirm({ title: `${action}: ${name}`, text: t('account.endText'), action }))) return;
    await tell(() => pb.collection(from).delete(row.id), t('account.ended'));
    queries.invalidateQueries({ queryKey: key });
  };
  return (
    <Section title={title}>
      {error ? <ErrorState error={error} retry={() => refetch()} /> : !data && <Loading />}
      {data?.length === 0 && (
        <Text size="sm" c="dimmed">
          {nothing}
        </Text>
      )}
      {data?.map((row) => {
        const [name, detail] = words(row);
        return (
          <div key={row.id} className={classes.row}>
            <div className={classes.grow}>
              <Text size="sm" span>
                {name}
              </Text>{' '}
              <Text size="xs" c="dimmed" span>
                {detail} · <TimeText value={row.lastUsed || row.created} size="xs" />
              </Text>
            </div>
            <Button size="compact-sm" variant="default" onClick={() => remove(row, name)}>
              {action}
            </Button>
          </div>
        );
      })}
    </Section>
  );
}
