import { Text, Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { File } from 'lucide-react';
import type { CollectionField, RecordModel } from 'pocketbase';
import { pb } from '~/api/client';
import classes from './Cells.module.css';

const picture = /\.(jpe?g|png|gif|webp|avif|svg)$/i;

/** The files of a field: pictures small, others by their names. */
export function FilesCell({ record, field, names }: { record: RecordModel; field: CollectionField; names: string[] }) {
  const token = useQuery({ queryKey: ['files', 'token'], queryFn: () => pb.files.getToken(), enabled: field.protected === true, staleTime: 60_000 });
  if (field.protected && !token.data)
    return (
      <Text span size="sm">
        {names.join(', ')}
      </Text>
    );
  const query = field.protected ? { token: token.data ?? '' } : {};
  return (
    <span className={classes.chips}>
      {names.slice(0, 4).map((name) => (
        <Tooltip key={name} label={name}>
          <a
            href={pb.files.getURL(record, name, query)}
            target="_blank"
            rel="noreferrer"
            tabIndex={-1}
            className={picture.test(name) ? classes.thumb : classes.file}
          >
            {picture.test(name) ? (
              <img src={pb.files.getURL(record, name, { ...query, thumb: '100x100' })} alt={name} loading="lazy" width={26} height={26} />
            ) : (
              <>
                <File size={14} aria-hidden />
                <span>{name}</span>
              </>
            )}
          </a>
        </Tooltip>
      ))}
      {names.length > 4 && <Text span size="xs" c="dimmed">{`+${names.length - 4}`}</Text>}
    </span>
  );
}
