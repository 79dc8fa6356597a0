import { Badge } from '@mantine/core';
import type { CollectionField, RecordModel } from 'pocketbase';
import { Link } from 'react-router';
import { useCollections } from '~/api/queries';
import { displayField } from '../state/columns';
import classes from './Cells.module.css';
import { textExcerpt } from './excerpt';

/** The records that a field points at, by their names; each leads to its record. */
export function RelationCell({ record, field, ids }: { record: RecordModel; field: CollectionField; ids: string[] }) {
  const target = useCollections()?.find(({ id }) => id === field.collectionId);
  const expanded: unknown = record.expand?.[field.name];
  const named = new Map<string, string>();
  for (const one of Array.isArray(expanded) ? expanded : [expanded])
    if (target && one && typeof one === 'object' && 'id' in one) named.set(String(one.id), String((one as RecordModel)[displayField(target)] ?? ''));
  return (
    <span className={classes.chips}>
      {ids.slice(0, 3).map((id) => (
        <Badge
          key={id}
          component={Link}
          to={`/collections/${encodeURIComponent(target?.name ?? field.collectionId)}?record=${encodeURIComponent(id)}`}
          tabIndex={-1}
          variant="light"
          color="gray"
          c="var(--mantine-color-text)"
          size="sm"
          radius="sm"
          tt="none"
          fw={500}
          dir="auto"
          className={classes.link}
        >
          {textExcerpt(named.get(id) || id, 40)}
        </Badge>
      ))}
      {ids.length > 3 && <Badge variant="transparent" color="gray" size="sm">{`+${ids.length - 3}`}</Badge>}
    </span>
  );
}
