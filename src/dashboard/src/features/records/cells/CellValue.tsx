import { Badge, Text, Tooltip } from '@mantine/core';
import { Check, Minus } from 'lucide-react';
import type { CollectionField, RecordModel } from 'pocketbase';
import { useTranslation } from 'react-i18next';
import { TimeText } from '~/ui/texts/TimeText';
import classes from './Cells.module.css';
import { jsonExcerpt, plainText, textExcerpt } from './excerpt';
import { FilesCell } from './FilesCell';
import { RelationCell } from './RelationCell';

const most = 200;

/** What is not there. */
export function Nothing() {
  return (
    <Text span size="sm" c="dimmed" aria-hidden>
      –
    </Text>
  );
}

/** The value of a record's field, as it is shown in the grid. */
export function CellValue({ record, field }: { record: RecordModel; field: CollectionField }) {
  const { t, i18n } = useTranslation('records');
  const value: unknown = record[field.name];
  if (value === undefined || value === '' || value === null || (Array.isArray(value) && value.length === 0)) return <Nothing />;
  switch (field.type) {
    case 'bool':
      return value ? (
        <Check size={17} className={classes.yes} aria-label={t('cells.yes')} />
      ) : (
        <Minus size={17} className={classes.no} aria-label={t('cells.no')} />
      );
    case 'number':
      return (
        <span className={classes.number}>
          {new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 12, useGrouping: false }).format(Number(value))}
        </span>
      );
    case 'date':
    case 'autodate':
      return <TimeText value={String(value)} size="sm" />;
    case 'select':
      return <Chips values={listOf(value)} />;
    case 'relation':
      return <RelationCell record={record} field={field} ids={listOf(value)} />;
    case 'file':
      return <FilesCell record={record} field={field} names={listOf(value)} />;
    case 'json':
      return <Cut text={jsonExcerpt(value, most)} mono />;
    case 'geoPoint':
      return <GeoText value={value} language={i18n.language} />;
    case 'editor':
      return <Cut text={textExcerpt(plainText(String(value)), most)} />;
    default:
      return <Cut text={textExcerpt(typeof value === 'object' ? jsonExcerpt(value, most) : String(value), most)} mono={field.name === 'id'} />;
  }
}

const listOf = (value: unknown): string[] => (Array.isArray(value) ? value : [value]).map(String);

function Cut({ text, mono = false }: { text: string; mono?: boolean }) {
  return (
    <span dir="auto" className={mono ? classes.mono : classes.text}>
      {text}
    </span>
  );
}

function Chips({ values }: { values: string[] }) {
  return (
    <span className={classes.chips}>
      {values.slice(0, 4).map((value) => (
        <Badge key={value} variant="default" size="sm" tt="none" fw={500}>
          {value}
        </Badge>
      ))}
      {values.length > 4 && <Badge variant="transparent" color="gray" size="sm">{`+${values.length - 4}`}</Badge>}
    </span>
  );
}

function GeoText({ value, language }: { value: unknown; language: string }) {
  if (typeof value !== 'object' || value === null || !('lon' in value) || !('lat' in value)) return <Nothing />;
  const { lon, lat } = value as { lon: number; lat: number };
  if (!lon && !lat) return <Nothing />;
  const short = (one: number) => new Intl.NumberFormat(language, { maximumFractionDigits: 4 }).format(Math.abs(one));
  return (
    <Tooltip label={`${lat}, ${lon}`}>
      <span className={classes.number}>{`${short(lat)}° ${lat < 0 ? 'S' : 'N'}, ${short(lon)}° ${lon < 0 ? 'W' : 'E'}`}</span>
    </Tooltip>
  );
}
