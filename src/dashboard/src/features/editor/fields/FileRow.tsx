import { ActionIcon, Anchor, Badge, Button, Text, Tooltip } from '@mantine/core';
import { Download, FileText, Music, Trash2, Video } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bytesText } from '~/ui/texts/formats';
import classes from './fields.module.css';

type Address = (name: string, options?: { thumb?: string; download?: boolean }) => string | undefined;

/** A file, stored or to be uploaded: a small picture, its name, open, save, take away. */
export function FileRow({ one, address, onRemove }: { one: string | File; address: Address; onRemove: () => void }) {
  const { t, i18n } = useTranslation('editor');
  const name = typeof one === 'string' ? one : one.name;
  const href = typeof one === 'string' ? address(one) : undefined;
  const download = typeof one === 'string' ? address(one, { download: true }) : undefined;
  return (
    <>
      <Thumb one={one} address={address} />
      {href ? (
        <Anchor size="sm" href={href} target="_blank" rel="noopener noreferrer" className={classes.grow} title={name} dir="auto">
          {name}
        </Anchor>
      ) : (
        <Text size="sm" className={classes.grow} title={name} dir="auto">
          {name}
        </Text>
      )}
      {one instanceof File && (
        <>
          <Text size="xs" c="dimmed">
            {bytesText(one.size, i18n.language)}
          </Text>
          <Badge variant="light" size="sm" tt="none">
            {t('file.new')}
          </Badge>
        </>
      )}
      {download && (
        <Tooltip label={t('file.download', { name })}>
          <ActionIcon component="a" href={download} variant="subtle" color="gray" aria-label={t('file.download', { name })}>
            <Download size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      )}
      <Tooltip label={t('field.remove', { name })}>
        <ActionIcon variant="subtle" color="gray" onClick={onRemove} aria-label={t('field.remove', { name })}>
          <Trash2 size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </>
  );
}

/** A stored file that will go with the next save. */
export function RemovedFileRow({ name, onUndo }: { name: string; onUndo: () => void }) {
  const { t } = useTranslation('editor');
  return (
    <div className={classes.row} data-removed>
      <Trash2 size={16} aria-hidden />
      <Text size="sm" className={classes.grow} title={name} dir="auto">
        {name}
      </Text>
      <Button size="compact-xs" variant="default" onClick={onUndo} aria-label={t('file.undoName', { name })}>
        {t('file.undo')}
      </Button>
    </div>
  );
}

function Thumb({ one, address }: { one: string | File; address: Address }) {
  const name = typeof one === 'string' ? one : one.name;
  const [own, setOwn] = useState<string>();
  useEffect(() => {
    if (!(one instanceof File) || !one.type.startsWith('image/')) return;
    const made = URL.createObjectURL(one);
    setOwn(made);
    return () => URL.revokeObjectURL(made);
  }, [one]);
  const picture = /\.(png|jpe?g|gif|webp)$/i.test(name);
  const source = one instanceof File ? own : picture ? address(one, { thumb: '100x100' }) : undefined;
  if (source) return <img className={classes.thumb} src={source} alt="" loading="lazy" />;
  const Icon = /\.(mp4|webm|mov|avi)$/i.test(name) ? Video : /\.(mp3|wav|ogg|m4a|aac)$/i.test(name) ? Music : FileText;
  return (
    <span className={classes.thumb}>
      <Icon size={18} aria-hidden />
    </span>
  );
}
