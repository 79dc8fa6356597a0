import { Button, Group, Loader, Modal, Radio, SegmentedControl, Stack, Text } from '@mantine/core';
import { Download } from 'lucide-react';
import type { CollectionField, CollectionModel } from 'pocketbase';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { saveFile } from '~/ui/actions/saveFile';
import { ErrorState } from '~/ui/States';
import { possibleColumns } from '../state/columns';
import { type ExportFormat, exportRecords } from './exportRecords';

interface ExportProps {
  collection: CollectionModel;
  columns: CollectionField[];
  filter: string;
  sort: string;
  /** Ids of the records that are ticked. */
  ticked: string[];
  onClose: () => void;
}

/** Writes records into a file: those that are ticked, those that are found, or all. */
export function Export({ collection, columns, filter, sort, ticked, onClose }: ExportProps) {
  const { t, i18n } = useTranslation('records');
  const { t: common } = useTranslation('common');
  const [which, setWhich] = useState(ticked.length > 0 ? 'ticked' : filter ? 'found' : 'all');
  const [what, setWhat] = useState('shown');
  const [format, setFormat] = useState<ExportFormat>('csv');
  const [done, setDone] = useState<number | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const stop = useRef(new AbortController());
  useEffect(() => () => stop.current.abort(), []);

  const start = async () => {
    stop.current = new AbortController();
    setFailure(null);
    setDone(0);
    const fields = (what === 'shown' ? columns : possibleColumns(collection)).map(({ name }) => name);
    const wish = {
      format,
      fields,
      filter: which === 'all' ? '' : filter,
      sort: which === 'found' ? sort : '',
      ids: which === 'ticked' ? ticked : undefined,
    };
    try {
      const parts = await exportRecords(collection, wish, stop.current.signal, setDone);
      const json = format === 'json';
      saveFile(`${collection.name}.${json ? 'json' : 'csv'}`, new Blob(parts, { type: json ? 'application/json' : 'text/csv' }));
      onClose();
    } catch (error) {
      if (!stop.current.signal.aborted) setFailure(error);
      setDone(null);
    }
  };
  return (
    <Modal opened onClose={onClose} title={t('export.title', { name: collection.name })} closeButtonProps={{ 'aria-label': common('actions.close') }}>
      <Stack>
        <Radio.Group label={t('export.which')} value={which} onChange={setWhich}>
          <Stack gap={6} mt={6}>
            {ticked.length > 0 && <Radio value="ticked" label={t('export.ticked', { count: ticked.length })} />}
            {filter && <Radio value="found" label={t('export.found')} />}
            <Radio value="all" label={t('export.all')} />
          </Stack>
        </Radio.Group>
        <Radio.Group label={t('export.what')} value={what} onChange={setWhat}>
          <Stack gap={6} mt={6}>
            <Radio value="shown" label={t('export.shown')} />
            <Radio value="every" label={t('export.every')} />
          </Stack>
        </Radio.Group>
        <SegmentedControl
          value={format}
          onChange={(next) => setFormat(next as ExportFormat)}
          data={[
            { value: 'csv', label: 'CSV' },
            { value: 'sheet', label: t('export.sheet') },
            { value: 'json', label: 'JSON' },
          ]}
          aria-label={t('export.format')}
        />
        {format !== 'json' && (
          <Text size="xs" c="dimmed">
            {t(format === 'csv' ? 'export.csvHint' : 'export.sheetHint')}
          </Text>
        )}
        {failure !== null && <ErrorState error={failure} />}
        <Group justify="end">
          {done !== null && (
            <Group gap="xs" mr="auto" role="status">
              <Loader size="xs" />
              <Text size="sm">{t('export.soFar', { done: new Intl.NumberFormat(i18n.language).format(done) })}</Text>
            </Group>
          )}
          <Button variant="default" onClick={onClose}>
            {common('actions.cancel')}
          </Button>
          <Button onClick={start} disabled={done !== null} leftSection={<Download size={16} aria-hidden />}>
            {t('actions.export')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
