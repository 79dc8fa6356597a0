import { Group, Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { CollectionField, CollectionModel } from 'pocketbase';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PageFrame } from '~/ui/PageFrame';
import { ErrorState, Loading } from '~/ui/States';
import { ColumnsMenu } from './bar/ColumnsMenu';
import { FilterBar } from './bar/FilterBar';
import { LiveSign } from './bar/LiveSign';
import { NoRecords } from './bar/NoRecords';
import { PageActions } from './bar/PageActions';
import { Pager } from './bar/Pager';
import { ViewsMenu } from './bar/ViewsMenu';
import { BulkNotice } from './bulk/BulkNotice';
import { type Dialog, Dialogs } from './bulk/Dialogs';
import { SelectionBar } from './bulk/SelectionBar';
import { useBulk } from './bulk/useBulk';
import { useBulkActions } from './bulk/useBulkActions';
import { Grid } from './grid/Grid';
import { editableTypes } from './inputs/FieldInput';
import { OpenRecord } from './OpenRecord';
import { useAddress } from './state/useAddress';
import { useChosenColumns } from './state/useChosenColumns';
import { useLive } from './state/useLive';
import { recordsKey, useRecords } from './state/useRecords';
import { useSaveCell } from './state/useSaveCell';
import { useSelection } from './state/useSelection';

/** The grid of one collection with all that belongs to it. */
export function Records({ collection, collections }: { collection: CollectionModel; collections: CollectionModel[] }) {
  const { t } = useTranslation('records');
  const client = useQueryClient();
  const [address, change] = useAddress();
  const { columns, keep, widths, setWidths } = useChosenColumns(collection, address.columns);
  const { list, total, filter, fields, expand } = useRecords(collection, collections, address, columns);
  const selection = useSelection();
  const marks = useLive(collection, fields, expand, selection.drop);
  const save = useSaveCell(collection, fields, expand);
  const bulk = useBulk(collection, filter);
  const [dialog, setDialog] = useState<Dialog>(null);
  const count = selection.all ? (total ?? selection.ids.size) : selection.ids.size;
  const busy = bulk.state?.phase === 'running' || bulk.state?.phase === 'gathering';
  const isView = collection.type === 'view';
  const records = list.data?.items;

  const canEdit = useCallback((field: CollectionField) => !isView && editableTypes.has(field.type) && field.name !== 'id', [isView]);
  const search = useCallback((text: string) => change({ search: text }), [change]);
  const open = useCallback((id: string) => change({ record: id }), [change]);
  const reload = useCallback(() => client.invalidateQueries({ queryKey: recordsKey(collection) }), [client, collection]);
  const arrange = (names: string[] | null) => {
    keep(names);
    if (address.columns) change({ columns: names });
  };
  const { edit, remove } = useBulkActions({ collection, collections, bulk, selection, count, onStart: () => setDialog(null) });
  const turn = (pages: number) => change({ page: Math.max(1, address.page + pages) });

  return (
    <PageFrame
      title={collection.name}
      hint={
        <Group gap="xs">
          {t(`hint.${collection.type as 'base' | 'auth' | 'view'}`)}
          {!isView && <LiveSign on={marks.live} />}
        </Group>
      }
      actions={
        <PageActions collection={collection} onNew={() => open('new')} onImport={() => setDialog('import')} onExport={() => setDialog('export')} />
      }
    >
      <Stack gap="sm">
        <Group gap="xs">
          <FilterBar
            collection={collection}
            search={address.search}
            filter={address.filter}
            busy={list.isFetching && list.isPlaceholderData}
            onSearch={search}
            onFilter={(filter) => change({ filter })}
          />
          <ViewsMenu collection={collection} address={address} columns={columns} onOpen={change} />
          <ColumnsMenu
            collection={collection}
            columns={columns}
            onChange={arrange}
            onReset={() => {
              setWidths({});
              arrange(null);
            }}
          />
        </Group>
        {!busy && (
          <SelectionBar
            selection={selection}
            total={total}
            pageFull={records?.every(({ id }) => selection.ids.has(id)) ?? false}
            readOnly={isView}
            onEdit={() => setDialog('edit')}
            onDelete={remove}
          />
        )}
        <BulkNotice collection={collection} state={bulk.state} onStop={bulk.stop} onDismiss={bulk.dismiss} onUndo={bulk.undo} />
        {list.error && <ErrorState error={list.error} retry={list.refetch} />}
        {!records && !list.error && <Loading />}
        {records?.length === 0 && (
          <NoRecords
            narrowed={address.filter !== '' || address.search !== ''}
            view={isView}
            beyond={address.page > 1}
            onClear={() => change({ filter: '', search: '' })}
            onNew={() => open('new')}
            onImport={() => setDialog('import')}
          />
        )}
        {records && records.length > 0 && (
          <Grid
            label={t('grid.label', { name: collection.name })}
            records={records}
            columns={columns}
            widths={widths}
            onWidths={setWidths}
            before={(address.page - 1) * address.perPage}
            total={total}
            sort={address.sort}
            onSort={(sort) => change({ sort })}
            selected={selection.ids}
            onSelect={selection.set}
            openId={address.record}
            onOpen={open}
            canEdit={canEdit}
            save={save}
            turn={turn}
            changed={marks.changed}
            gone={marks.gone}
          />
        )}
        {records && (records.length > 0 || address.page > 1) && (
          <Pager
            page={address.page}
            perPage={address.perPage}
            shown={records.length}
            total={total}
            onPage={(page) => change({ page })}
            onPerPage={(perPage) => change({ perPage })}
          />
        )}
      </Stack>
      <Dialogs
        open={dialog}
        onClose={() => setDialog(null)}
        collection={collection}
        columns={columns}
        filter={filter}
        sort={address.sort}
        selection={selection}
        count={count}
        onEdit={edit}
      />
      {address.record && <OpenRecord collection={collection} id={address.record} onClose={() => change({ record: null })} onSaved={reload} />}
    </PageFrame>
  );
}
