import { List, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { CollectionModel, RecordModel } from 'pocketbase';
import { pb } from '~/api/client';
import { displayText } from '~/api/display';
import { problemOf } from '~/api/errors';
import { allCollections, queries } from '~/api/queries';
import { words } from '~/i18n';
import { confirm } from '~/ui/actions/confirm';
import { type Dependent, dependentsOf } from '../model/dependents';

/** Asks, says what else goes, and deletes a record. True when it is gone. */
export async function deleteRecord(collection: CollectionModel, record: RecordModel): Promise<boolean> {
  const t = words.getFixedT(null, 'editor');
  const collections = await queries.ensureQueryData(allCollections);
  const dependents = await dependentsOf(collections, collection, record.id).catch((): Dependent[] => []);
  const go = await confirm({
    title: t('delete.title', { name: displayText(record, collection) }),
    action: t('delete.action'),
    text: (
      <Stack gap="xs">
        <Text size="sm">{t('delete.text')}</Text>
        {dependents.length > 0 && (
          <List size="sm">
            {dependents.map(({ collection: name, field, count, effect }) => (
              <List.Item key={`${name}.${field}`}>{t(`delete.${effect}`, { count, name, field })}</List.Item>
            ))}
          </List>
        )}
      </Stack>
    ),
  });
  if (!go) return false;
  try {
    await pb.collection(collection.name).delete(record.id);
    queries.invalidateQueries({ queryKey: ['records'] });
    notifications.show({ message: t('delete.done'), color: 'green', autoClose: 2500 });
    return true;
  } catch (error) {
    notifications.show({ title: t('delete.failed'), message: problemOf(error).message, color: 'red', autoClose: 8000 });
    return false;
  }
}
