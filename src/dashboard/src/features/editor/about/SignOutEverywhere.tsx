import { Button } from '@mantine/core';
import type { CollectionModel, RecordModel } from 'pocketbase';
import { useTranslation } from 'react-i18next';
import { pb } from '~/api/client';
import { queries } from '~/api/queries';
import { confirm } from '~/ui/actions/confirm';
import { Section } from './Section';
import { tell } from './tell';

/** Makes every token of an account worthless. */
export function SignOutEverywhere({ collection, record }: { collection: CollectionModel; record: RecordModel }) {
  const { t } = useTranslation('editor');
  const end = async () => {
    if (!(await confirm({ title: t('account.everywhere'), text: t('account.everywhereText'), action: t('account.everywhere') }))) return;
    await tell(() => pb.collection(collection.name).update(record.id, { 'tokenKey:autogenerate': '' }), t('account.everywhereDone'));
    queries.invalidateQueries({ queryKey: ['account', record.id] });
  };
  return (
    <Section title={t('account.everywhere')} hint={t('account.everywhereHint')}>
      <Button variant="default" c="red" onClick={end}>
        {t('account.everywhere')}
      </Button>
    </Section>
  );
}
