import { Code, Text } from '@mantine/core';
import type { CollectionField } from 'pocketbase';
import { useTranslation } from 'react-i18next';
import { TimeText } from '~/ui/texts/TimeText';
import type { Point } from '../model/values';
import classes from './fields.module.css';

const most = 3000;

/** A value of the form to read, not to change; everything is text, also HTML. */
export function ValueText({ field, value }: { field: CollectionField; value: unknown }) {
  const { t } = useTranslation('editor');
  if (field.type === 'bool') return <Text size="sm">{t(value ? 'field.yes' : 'field.no')}</Text>;
  if (field.type === 'date' && value) return <TimeText value={String(value)} size="sm" seconds />;
  const text = textOf(field.type, value);
  if (!text)
    return (
      <Text size="sm" c="dimmed">
        {t('field.empty')}
      </Text>
    );
  const cut = text.length > most ? `${text.slice(0, most)} …` : text;
  if (field.type === 'json' || field.type === 'editor')
    return (
      <Code block className={classes.code}>
        {cut}
      </Code>
    );
  return (
    <Text size="sm" dir="auto" style={{ whiteSpace: 'pre-wrap' }}>
      {cut}
    </Text>
  );
}

function textOf(type: string, value: unknown): string {
  if (Array.isArray(value)) return value.map((one) => (one instanceof File ? one.name : String(one))).join(', ');
  if (type === 'password') return value ? '••••••••' : '';
  if (type === 'geoPoint') {
    const { lat, lon } = value as Point;
    return lat === 0 && lon === 0 ? '' : `${lat}°, ${lon}°`;
  }
  return String(value ?? '');
}
