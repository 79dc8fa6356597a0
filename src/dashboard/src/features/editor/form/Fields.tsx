import { Alert, Stack, Text } from '@mantine/core';
import type { CollectionField, CollectionModel } from 'pocketbase';
import { useTranslation } from 'react-i18next';
import { TimeText } from '~/ui/texts/TimeText';
import { FieldEditor } from '../fields/FieldEditor';
import { FieldFrame } from '../fields/FieldFrame';
import { ValueText } from '../fields/ValueText';
import type { RecordForm } from './useRecordForm';

const accounts = ['email', 'emailVisibility', 'verified', 'password'];

/** Those of accounts first, the others in the order of the collection, and the id of a new record last, because hardly anybody wants to choose it. */
function inOrder(fields: CollectionField[], auth: boolean): CollectionField[] {
  const rank = ({ name }: CollectionField) => (name === 'id' ? 99 : auth && accounts.includes(name) ? accounts.indexOf(name) : accounts.length);
  return [...fields].sort((left, right) => rank(left) - rank(right));
}

/** The fields of a record, each with the editor of its type; those of a view are only shown. */
export function Fields({ collection, form, readOnly }: { collection: CollectionModel; form: RecordForm; readOnly: boolean }) {
  const { t } = useTranslation('editor');
  const record = form.before?.record ?? null;
  const dates = collection.fields.filter(({ type, name }) => type === 'autodate' && record?.[name]);
  const fields = inOrder(form.fields, collection.type === 'auth');
  return (
    <Stack gap="lg">
      {readOnly && (
        <Alert variant="light" color="gray">
          {t('view.hint')}
        </Alert>
      )}
      {fields.map((field) => {
        const wrong = form.problem?.fields[field.name];
        return (
          <div key={field.id} data-field={field.name} data-wrong={wrong ? true : undefined}>
            {readOnly ? (
              <FieldFrame field={field}>
                <ValueText field={field} value={form.values[field.name]} />
              </FieldFrame>
            ) : (
              <FieldEditor
                collection={collection}
                field={field}
                value={form.values[field.name]}
                onChange={form.set}
                error={wrong || undefined}
                changed={form.before !== null && form.changed.includes(field.name)}
                record={record}
              />
            )}
          </div>
        );
      })}
      {dates.length > 0 && (
        <Text size="xs" c="dimmed">
          {dates.map(({ name }, index) => (
            <span key={name}>
              {index > 0 && ' · '}
              {name} <TimeText value={record?.[name]} size="xs" seconds />
            </span>
          ))}
        </Text>
      )}
    </Stack>
  );
}
