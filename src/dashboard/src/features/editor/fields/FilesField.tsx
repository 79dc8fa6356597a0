import { Group, Text } from '@mantine/core';
import { CloudUpload } from 'lucide-react';
import type { CollectionModel } from 'pocketbase';
import { useState } from 'react';
import { type FileRejection, useDropzone } from 'react-dropzone';
import { useTranslation } from 'react-i18next';
import { bytesText } from '~/ui/texts/formats';
import { isMultiple } from '../model/values';
import { FieldFrame } from './FieldFrame';
import { FileRow, RemovedFileRow } from './FileRow';
import classes from './fields.module.css';
import type { FieldProps } from './props';
import { arrayMove, SortableRows } from './SortableRows';
import { useFileAddress } from './useFileAddress';

const standardSize = 5 * 1024 * 1024;
const keys = new WeakMap<File, string>();
let made = 0;

function keyOf(one: string | File): string {
  if (typeof one === 'string') return one;
  const key = keys.get(one) ?? `new ${++made}`;
  keys.set(one, key);
  return key;
}

/** Files: dropped or chosen, shown small, put in order, taken away and brought back until they are stored. */
export function FilesField({ field, value, onChange, error, changed, record }: FieldProps<(string | File)[]> & { collection: CollectionModel }) {
  const { t, i18n } = useTranslation('editor');
  const address = useFileAddress(field, record);
  const [refused, setRefused] = useState('');
  const multiple = isMultiple(field);
  const most = multiple ? Number(field.maxSelect) : 1;
  const size = Number(field.maxSize) || standardSize;
  const stored = record?.[field.name] ? ([] as string[]).concat(record[field.name]) : [];
  const removed = stored.filter((name) => !value.includes(name));

  const add = (files: File[]) => {
    setRefused('');
    // Files that are new always stand behind those that are stored, as the server keeps them.
    if (!multiple) return onChange(files.slice(-1));
    if (value.length + files.length > most) setRefused(t('file.tooMany', { count: most }));
    onChange([...value, ...files].slice(0, most));
  };
  const refuse = (rejections: FileRejection[]) => {
    const [first] = rejections;
    if (!first) return;
    const code = first.errors[0]?.code;
    const name = first.file.name;
    if (code === 'file-too-large') setRefused(t('file.tooLarge', { name, size: bytesText(size, i18n.language) }));
    else if (code === 'file-invalid-type') setRefused(t('file.wrongType', { name, types: (field.mimeTypes as string[]).join(', ') }));
    else setRefused(t('file.tooMany', { count: most }));
  };
  const { getRootProps, getInputProps, isDragActive, open } = useDropzone({
    onDropAccepted: add,
    onDropRejected: refuse,
    noClick: true,
    noKeyboard: true,
    multiple,
    maxSize: size,
    accept: field.mimeTypes?.length ? Object.fromEntries((field.mimeTypes as string[]).map((type) => [type, []])) : undefined,
  });

  const move = (from: number, to: number) => {
    const moved = arrayMove(value, from, to);
    onChange([...moved.filter((one) => typeof one === 'string'), ...moved.filter((one) => one instanceof File)]);
  };
  const { role: _, tabIndex: __, ...root } = getRootProps();

  return (
    <FieldFrame field={field} error={error || refused} changed={changed}>
      <SortableRows
        movable={multiple}
        onMove={move}
        rows={value.map((one) => ({
          key: keyOf(one),
          name: typeof one === 'string' ? one : one.name,
          content: <FileRow one={one} address={address} onRemove={() => onChange(value.filter((other) => other !== one))} />,
        }))}
      />
      {removed.map((name) => (
        <RemovedFileRow key={name} name={name} onUndo={() => onChange(multiple ? [name, ...value].slice(0, most) : [name])} />
      ))}
      {(value.length < most || !multiple) && (
        <div className={classes.zone} {...root}>
          <input {...getInputProps({ 'aria-label': field.name })} />
          <button type="button" className={classes.drop} data-over={isDragActive || undefined} onClick={open}>
            <CloudUpload size={18} aria-hidden />
            <Group component="span" gap={6} justify="center">
              <span>{value.length > 0 && !multiple ? t('file.replace') : t('file.drop')}</span>
              <Text span size="xs">
                {t('file.upTo', { size: bytesText(size, i18n.language) })}
              </Text>
            </Group>
          </button>
        </div>
      )}
    </FieldFrame>
  );
}
