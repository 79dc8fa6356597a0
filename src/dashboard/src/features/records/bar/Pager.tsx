import { ActionIcon, Group, NativeSelect, NumberInput, Text } from '@mantine/core';
import { ChevronFirst, ChevronLast, ChevronLeft, ChevronRight } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { pageSizes } from '../state/address';

export interface PagerProps {
  page: number;
  perPage: number;
  shown: number;
  total: number | undefined;
  onPage: (page: number) => void;
  onPerPage: (perPage: number) => void;
}

/** Which records are shown of how many, and the way to the others. */
export function Pager({ page, perPage, shown, total, onPage, onPerPage }: PagerProps) {
  const { t, i18n } = useTranslation('records');
  const [typed, setTyped] = useState<number | string>(page);
  useEffect(() => setTyped(page), [page]);
  const number = new Intl.NumberFormat(i18n.language);
  const pages = total === undefined ? undefined : Math.max(1, Math.ceil(total / perPage));
  const more = pages === undefined ? shown === perPage : page < pages;
  const from = shown === 0 ? 0 : (page - 1) * perPage + 1;
  const jump = () => {
    const wanted = Math.min(Number(typed) || 1, pages ?? Number.MAX_SAFE_INTEGER);
    setTyped(wanted);
    if (wanted !== page) onPage(wanted);
  };
  const move = (label: string, to: number, enabled: boolean, Icon: typeof ChevronFirst) => (
    <ActionIcon variant="subtle" color="gray" disabled={!enabled} onClick={() => onPage(to)} aria-label={label}>
      <Icon size={18} aria-hidden />
    </ActionIcon>
  );
  return (
    <Group component="nav" justify="space-between" gap="xs" aria-label={t('pager.label')}>
      <Text size="sm" c="dimmed" aria-live="polite">
        {total === undefined
          ? t('pager.range', { from: number.format(from), to: number.format(from + Math.max(shown - 1, 0)) })
          : t('pager.rangeOf', { from: number.format(from), to: number.format(shown === 0 ? 0 : from + shown - 1), total: number.format(total) })}
      </Text>
      <Group gap={4} wrap="nowrap">
        {move(t('pager.first'), 1, page > 1, ChevronFirst)}
        {move(t('pager.previous'), page - 1, page > 1, ChevronLeft)}
        <NumberInput
          size="xs"
          w={Math.max(56, String(pages ?? page).length * 9 + 28)}
          hideControls
          min={1}
          allowDecimal={false}
          value={typed}
          onChange={setTyped}
          onBlur={jump}
          onKeyDown={(event) => event.key === 'Enter' && jump()}
          aria-label={t('pager.page')}
          styles={{ input: { textAlign: 'center' } }}
        />
        {pages !== undefined && (
          <Text size="sm" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
            {t('pager.of', { pages: number.format(pages) })}
          </Text>
        )}
        {move(t('pager.next'), page + 1, more, ChevronRight)}
        {move(t('pager.last'), pages ?? page, pages !== undefined && page < pages, ChevronLast)}
        <NativeSelect
          size="xs"
          ml="xs"
          value={String(perPage)}
          onChange={(event) => onPerPage(Number(event.currentTarget.value))}
          data={pageSizes.map((size) => ({ value: String(size), label: t('pager.perPage', { size }) }))}
          aria-label={t('pager.size')}
        />
      </Group>
    </Group>
  );
}
