import type { CollectionModel } from 'pocketbase';
import { useTranslation } from 'react-i18next';
import { confirm } from '~/ui/actions/confirm';
import type { Selection } from '../state/useSelection';
import { deletePlan, editPlan, type FieldEdit, lostByDelete, lostByEdit } from './plans';
import type { useBulk } from './useBulk';

interface BulkActionsInput {
  collection: CollectionModel;
  collections: CollectionModel[];
  bulk: ReturnType<typeof useBulk>;
  selection: Selection;
  count: number;
  onStart: () => void;
}

/** Changing and deleting the records that are ticked. */
export function useBulkActions({ collection, collections, bulk, selection, count, onStart }: BulkActionsInput) {
  const { t, i18n } = useTranslation('records');
  const edit = (wanted: FieldEdit) => {
    onStart();
    bulk.run(selection, 'update', lostByEdit(collection, wanted), `id,${wanted.field.name}`, (records) => editPlan(records, wanted));
  };
  const remove = async () => {
    const referring = collections.some(({ fields }) =>
      fields.some(({ type, collectionId }) => type === 'relation' && collectionId === collection.id),
    );
    const lost = lostByDelete(collection, referring);
    const number = new Intl.NumberFormat(i18n.language).format(count);
    const sure = await confirm({
      title: t('bulk.deleteTitle', { count, number }),
      text: (
        <>
          {t('bulk.deleteText')}
          {lost.length > 0 && ` ${t('bulk.deleteLost', { what: lost.map((one) => t(`bulk.lostWhat.${one}`)).join(', ') })}`}
        </>
      ),
      action: t('bulk.delete'),
      type: count > 1000 ? collection.name : undefined,
    });
    if (sure) bulk.run(selection, 'delete', lost, '', (records) => deletePlan(collection, records));
  };
  return { edit, remove };
}
