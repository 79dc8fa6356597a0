import { Popover, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { CollectionField, RecordModel } from 'pocketbase';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GridActions } from '../grid/useGridKeys';
import classes from './CellEditor.module.css';
import { FieldInput } from './FieldInput';

/** Edits one field within its cell: Enter and Tab store, Escape leaves it as it was. What was wrong stands below, and the text stays. */
export function CellEditor({ record, field, actions }: { record: RecordModel; field: CollectionField; actions: GridActions }) {
  const { t } = useTranslation('records');
  const before: unknown = record[field.name];
  const [value, setValue] = useState<unknown>(field.type === 'json' ? JSON.stringify(before ?? null) : before);
  const [problem, setProblem] = useState<string | null>(null);
  const busy = useRef(false);
  const box = useRef<HTMLDivElement>(null);
  const [begun] = useState(() => JSON.stringify(before));
  const overtaken = JSON.stringify(before) !== begun;

  useEffect(() => {
    const input = box.current?.querySelector<HTMLInputElement>('input:not([type=hidden]), textarea');
    input?.focus();
    if (input && (input.type === 'text' || input instanceof HTMLTextAreaElement)) input.select();
  }, []);

  const store = async (rows: number, cells: number, wanted = value) => {
    if (busy.current) return;
    const same = field.type === 'json' ? wanted === JSON.stringify(before ?? null) : JSON.stringify(wanted) === JSON.stringify(before);
    busy.current = true;
    const wrong = same ? null : await actions.save(record, field, wanted);
    busy.current = false;
    if (wrong && box.current) setProblem(wrong);
    else if (wrong) notifications.show({ color: 'red', title: t('inputs.notStored', { field: field.name }), message: wrong });
    else actions.leave(rows, cells);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const listOpen = event.target instanceof HTMLElement && event.target.getAttribute('aria-expanded') === 'true';
    if (event.key === 'Escape') actions.leave(0, 0);
    else if (event.key === 'Tab') store(0, event.shiftKey ? -1 : 1);
    else if (event.key === 'Enter' && !listOpen) store(event.shiftKey ? -1 : 1, 0);
    else {
      event.stopPropagation();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  const message = problem ?? (overtaken ? t('inputs.overtaken') : null);
  return (
    <Popover opened={message !== null} position="bottom-start" withArrow shadow="md" trapFocus={false} returnFocus={false}>
      <Popover.Target>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: hears the keys of the input within. */}
        <div
          ref={box}
          className={classes.box}
          onKeyDown={onKeyDown}
          onBlur={(event) => {
            const to = event.relatedTarget;
            if (to instanceof Element && (box.current?.contains(to) || to.closest('[role=listbox], [data-portal]'))) return;
            if (to !== null) store(0, 0);
          }}
        >
          <FieldInput field={field} value={value} onChange={setValue} label={t('inputs.cell', { field: field.name })} bare />
        </div>
      </Popover.Target>
      <Popover.Dropdown maw={360}>
        <Text size="sm" role="alert" c={problem ? 'red' : undefined}>
          {message}
        </Text>
      </Popover.Dropdown>
    </Popover>
  );
}
