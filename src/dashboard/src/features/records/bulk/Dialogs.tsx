import { Modal } from '@mantine/core';
import type { CollectionField, CollectionModel } from 'pocketbase';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading } from '~/ui/States';
import type { Selection } from '../state/useSelection';
import { EditMany } from './EditMany';
import type { FieldEdit } from './plans';

const ImportRecords = lazy(async () => ({ default: (await import('~/ui/ImportRecords')).ImportRecords }));
const Export = lazy(async () => ({ default: (await import('./Export')).Export }));

export type Dialog = 'edit' | 'import' | 'export' | null;

interface DialogsProps {
  open: Dialog;
  onClose: () => void;
  collection: CollectionModel;
  columns: CollectionField[];
  filter: string;
  sort: string;
  selection: Selection;
  count: number;
  onEdit: (edit: FieldEdit) => void;
}

/** The dialogs of the grid; import and export are loaded when they are first wanted. */
export function Dialogs({ open, onClose, collection, columns, filter, sort, selection, count, onEdit }: DialogsProps) {
  const { t } = useTranslation('records');
  const { t: common } = useTranslation('common');
  if (open === 'edit') return <EditMany collection={collection} count={count} onClose={onClose} onEdit={onEdit} />;
  if (open === 'export')
    return (
      <Suspense fallback={null}>
        <Export
          collection={collection}
          columns={columns}
          filter={filter}
          sort={sort}
          ticked={selection.all ? [] : [...selection.ids]}
          onClose={onClose}
        />
      </Suspense>
    );
  if (open !== 'import') return null;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('import.title', { name: collection.name })}
      size="xl"
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': common('actions.close') }}
    >
      <Suspense fallback={<Loading />}>
        <ImportRecords collection={collection} onDone={onClose} />
      </Suspense>
    </Modal>
  );
}
