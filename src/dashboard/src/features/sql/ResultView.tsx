import { Button, Group, Stack, Switch, Text } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { Download } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '~/ui/actions/CopyButton';
import { millisecondsText } from '~/ui/texts/formats';
import { asCsv, asJson, mostRows, type Result, saveText } from './result';
import classes from './Sql.module.css';

/** What the database answered: rows, or how many it changed. */
export function ResultView({ result }: { result: Result }) {
  const { t, i18n } = useTranslation('sql');
  const [whole, setWhole] = useState(false);
  const { columns, rows, affectedRows, execTime } = result;
  const took = millisecondsText(execTime, i18n.language);
  if (columns.length === 0)
    return (
      <Text role="status" size="sm">
        {t('changed', { count: affectedRows, took })}
      </Text>
    );
  return (
    <Stack gap="xs" miw={0}>
      <Group justify="space-between" gap="sm">
        <Text role="status" size="sm">
          {t('rows', { count: rows.length, took })}
          {rows.length >= mostRows && ` ${t('cut', { count: mostRows })}`}
        </Text>
        <Group gap="xs">
          <Switch size="xs" label={t('whole')} checked={whole} onChange={(event) => setWhole(event.currentTarget.checked)} />
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<Download size={14} aria-hidden />}
            onClick={() => saveText(asCsv(result), 'result.csv', 'text/csv')}
          >
            CSV
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<Download size={14} aria-hidden />}
            onClick={() => saveText(asJson(result), 'result.json', 'application/json')}
          >
            JSON
          </Button>
          <CopyButton value={asCsv(result)} label={t('copy')} />
        </Group>
      </Group>
      <Rows result={result} whole={whole} />
    </Stack>
  );
}

function Rows({ result: { columns, rows }, whole }: { result: Result; whole: boolean }) {
  const { t } = useTranslation('sql');
  const holder = useRef<HTMLDivElement>(null);
  const view = useVirtualizer({ count: rows.length, getScrollElement: () => holder.current, estimateSize: () => 33, overscan: 12 });
  const shown = view.getVirtualItems();
  const [before, after] = [shown[0]?.start ?? 0, view.getTotalSize() - (shown.at(-1)?.end ?? 0)];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section ref={holder} className={classes.rows} tabIndex={0} aria-label={t('result')} data-whole={whole || undefined}>
      <table className={classes.table}>
        <thead>
          <tr>
            {columns.map(({ name, type }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two columns may have one name.
              <th key={at} scope="col">
                {name} <span className={classes.type}>{type.toLowerCase()}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 && <tr style={{ height: before }} />}
          {shown.map(({ index, key }) => (
            <tr key={key} data-index={index} ref={view.measureElement}>
              {rows[index]?.map((cell, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a cell is nothing but its place.
                <td key={at} dir="auto">
                  {cell === null ? <span className={classes.null}>null</span> : whole || cell.length <= 300 ? cell : `${cell.slice(0, 300)}…`}
                </td>
              ))}
            </tr>
          ))}
          {after > 0 && <tr style={{ height: after }} />}
        </tbody>
      </table>
      {rows.length === 0 && (
        <Text size="sm" c="dimmed" p="sm">
          {t('none')}
        </Text>
      )}
    </section>
  );
}
