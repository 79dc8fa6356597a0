import { useQueryClient } from '@tanstack/react-query';
import type { CollectionField, CollectionModel, ListResult, RecordModel } from 'pocketbase';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { pb } from '~/api/client';
import { problemOf } from '~/api/errors';
import { recordsKey } from './useRecords';

/** Stores one field of a record from its cell. Gives back what went wrong, in words, or null. */
export function useSaveCell(collection: CollectionModel, fields: string, expand: string) {
  const client = useQueryClient();
  const { t } = useTranslation('records');
  return useCallback(
    async (record: RecordModel, field: CollectionField, value: unknown): Promise<string | null> => {
      let sent = value;
      if (field.type === 'json')
        try {
          sent = JSON.parse(String(value).trim() || 'null');
        } catch {
          return t('inputs.badJson');
        }
      try {
        const stored = await pb.collection(collection.name).update<RecordModel>(record.id, { [field.name]: sent }, { fields, expand });
        client.setQueriesData<ListResult<RecordModel>>(
          { queryKey: [...recordsKey(collection), 'page'] },
          (page) => page && { ...page, items: page.items.map((one) => (one.id === stored.id ? { ...one, ...stored } : one)) },
        );
        return null;
      } catch (error) {
        const problem = problemOf(error);
        return problem.fields[field.name] ?? Object.entries(problem.fields).map(([name, text]) => `${name}: ${text}`)[0] ?? problem.message;
      }
    },
    [client, collection, fields, expand, t],
  );
}
