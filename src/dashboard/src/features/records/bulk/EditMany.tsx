import { Button, Group, Modal, SegmentedControl, Select, Stack, Text } from '@mantine/core';
import type { CollectionField, CollectionModel } from 'pocketbase';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { editableTypes, FieldInput } from '../inputs/FieldInput';
import { type EditMode, emptyOf, type FieldEdit, modesOf } from './plans';

interface EditManyProps {
  collection: CollectionModel;
  count: number;
  onClose: () => void;
  onEdit: (edit: FieldEdit) => void;
}

/** Changes one field of many records at once. */
export function EditMany({ collection, count, onClose, onEdit }: EditManyProps) {
  const { t, i18n } = useTranslation('records');
  const { t: common } = useTranslation('common');
  const fields = collection.fields.filter(
    ({ name, type }) => name !== 'id' && name !== 'tokenKey' && (editableTypes.has(type) || type === 'file' || type === 'editor'),
  );
  const [field, setField] = useState<CollectionField | null>(null);
  const [mode, setMode] = useState<EditMode>('set');
  const [value, setValue] = useState<unknown>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const number = new Intl.NumberFormat(i18n.language).format(count);

  const choose = (name: string | null) => {
    const next = fields.find((one) => one.name === name) ?? null;
    setField(next);
    setWrong(null);
    if (!next) return;
    setMode(modesOf(next)[0] ?? 'set');
    setValue(next.type === 'json' ? '' : emptyOf(next));
  };
  const apply = () => {
    if (!field) return;
    let sent = value;
    if (field.type === 'json' && mode === 'set')
      try {
        sent = JSON.parse(String(value).trim() || 'null');
      } catch {
        return setWrong(t('inputs.badJson'));
      }
    onEdit({ field, mode, value: sent });
  };
  const modes = field ? modesOf(field) : [];
  return (
    <Modal opened onClose={onClose} title={t('bulk.editTitle', { count, number })} closeButtonProps={{ 'aria-label': common('actions.close') }}>
      <Stack>
        <Select
          label={t('bulk.field')}
          data={fields.map(({ name }) => name)}
          value={field?.name ?? null}
          onChange={choose}
          searchable
          data-autofocus
        />
        {modes.length > 1 && (
          <SegmentedControl
            value={mode}
            onChange={(next) => setMode(next as EditMode)}
            data={modes.map((one) => ({ value: one, label: t(`bulk.modes.${one}`) }))}
            aria-label={t('bulk.how')}
          />
        )}
        {field && mode !== 'clear' && <FieldInput field={field} value={value} onChange={setValue} label={t('bulk.value')} error={wrong} />}
        {field && mode === 'clear' && <Text size="sm">{t(field.type === 'file' ? 'bulk.clearFiles' : 'bulk.clearHint', { field: field.name })}</Text>}
        <Group justify="end">
          <Button variant="default" onClick={onClose}>
            {common('actions.cancel')}
          </Button>
          <Button disabled={!field} onClick={apply}>
            {t('bulk.apply', { count, number })}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
