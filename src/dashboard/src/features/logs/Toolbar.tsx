import { Button, Group, SegmentedControl } from '@mantine/core';
import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FilterInput } from '~/ui/rules/FilterInput';
import { fields } from './fields';
import { kinds } from './filter';
import { type Range, type Span, spans } from './range';
import classes from './Toolbar.module.css';
import type { View } from './useLogs';

/** What is shown: the stretch of time, the kind of request, and a filter. */
export function Toolbar({ view, change, error }: { view: View; change: (wanted: Partial<View>) => void; error?: string }) {
  const { t, i18n } = useTranslation('logs');
  const [text, setText] = useState(view.text);
  useEffect(() => setText(view.text), [view.text]);
  const spoken = ({ from, to }: Range) =>
    new Intl.DateTimeFormat(i18n.language, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }).formatRange(from, to);
  return (
    <Group gap="sm">
      <div className={classes.search}>
        <FilterInput
          label={t('filter.label')}
          placeholder={t('filter.placeholder')}
          value={text}
          onChange={setText}
          onSubmit={(text) => change({ text })}
          fields={fields}
          error={error}
        />
      </div>
      <SegmentedControl
        aria-label={t('kind.label')}
        className={classes.kinds}
        size="xs"
        value={view.kind}
        onChange={(kind) => change({ kind: kinds.find((one) => one === kind) ?? 'all' })}
        data={kinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
      />
      {view.zoom ? (
        <Button
          size="xs"
          variant="light"
          rightSection={<X size={15} aria-hidden />}
          onClick={() => change({ zoom: null })}
          aria-label={t('zoom.leave')}
        >
          {spoken(view.zoom)}
        </Button>
      ) : (
        <SegmentedControl
          aria-label={t('span.label')}
          size="xs"
          value={view.span}
          onChange={(span) => change({ span: span as Span })}
          data={(Object.keys(spans) as Span[]).map((span) => ({ value: span, label: t(`span.${span}`) }))}
        />
      )}
    </Group>
  );
}
