import { useSortable } from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { ActionIcon, Badge, Collapse, Group, Menu, TextInput } from '@mantine/core';
import { ChevronDown, ChevronUp, Copy, Ellipsis, GripVertical, Trash2 } from 'lucide-react';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FieldIcon } from '~/ui/texts/FieldIcon';
import classes from '../Collections.module.css';
import type { FieldDraft } from '../model/draft';
import { FieldOptions } from './FieldOptions';

interface FieldRowProps {
  field: FieldDraft;
  onChange: (key: string, change: Partial<FieldDraft>) => void;
  onRemove: (key: string) => void;
  onDuplicate: (key: string) => void;
  errors: Record<string, string>;
  /** It is not saved yet, unlike its collection. */
  fresh?: boolean;
  /** Shows its options at once, as for a field that was just added. */
  opened?: boolean;
}

/** One field: name, type, and its options when it is opened. */
export const FieldRow = memo(function FieldRow({ field, onChange, onRemove, onDuplicate, errors, opened = false, fresh = false }: FieldRowProps) {
  const { t } = useTranslation(['collections', 'rules', 'common']);
  const [open, setOpen] = useState(opened);
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({ id: field.key });
  const wrong = Object.keys(errors).length > 0;
  const name = field.name || t('fields.noName');
  return (
    <li
      ref={setNodeRef}
      className={classes.row}
      data-wrong={wrong || undefined}
      data-dragging={isDragging || undefined}
      style={{ transform: CSS.Transform.toString(transform), transition }}
    >
      <div className={classes.head}>
        <ActionIcon
          ref={setActivatorNodeRef}
          variant="subtle"
          color="gray"
          className={classes.grip}
          {...attributes}
          {...listeners}
          aria-label={t('fields.move', { name })}
        >
          <GripVertical size={16} aria-hidden />
        </ActionIcon>
        <FieldIcon type={field.type} primary={field.primaryKey === true} size={16} />
        <TextInput
          className={classes.name}
          size="sm"
          aria-label={t('fields.name')}
          placeholder={t('fields.name')}
          value={field.name}
          disabled={field.system}
          error={errors.name}
          onChange={(event) => onChange(field.key, { name: event.currentTarget.value })}
          data-autofocus={opened || undefined}
        />
        <span className={classes.kind}>{t(`kinds.${field.type as 'text'}`, { ns: 'rules' })}</span>
        <Group gap={4} visibleFrom="sm" wrap="nowrap">
          {field.required && field.type !== 'autodate' && <Badge variant="default">{t('flags.required')}</Badge>}
          {field.hidden && <Badge variant="default">{t('flags.hidden')}</Badge>}
          {fresh && <Badge variant="light">{t('fields.new')}</Badge>}
        </Group>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-expanded={open}
          aria-label={t(open ? 'fields.close' : 'fields.open', { name })}
          onClick={() => setOpen(!open)}
        >
          {open ? <ChevronUp size={16} aria-hidden /> : <ChevronDown size={16} aria-hidden />}
        </ActionIcon>
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={t('fields.more', { name })}>
              <Ellipsis size={16} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<Copy size={15} aria-hidden />} onClick={() => onDuplicate(field.key)} disabled={field.system}>
              {t('fields.duplicate')}
            </Menu.Item>
            <Menu.Item leftSection={<Trash2 size={15} aria-hidden />} color="red" onClick={() => onRemove(field.key)} disabled={field.system}>
              {t('fields.remove')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
      <Collapse expanded={open || wrong}>
        {(open || wrong) && <FieldOptions field={field} errors={errors} onChange={(change) => onChange(field.key, change)} />}
      </Collapse>
    </li>
  );
});
