import { Group, Pagination, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Goes through the pages of a list of the server; nothing is shown while one page holds all. */
export function Pager({ page, pages, total, onPage }: { page: number; pages: number; total: number; onPage: (page: number) => void }) {
  const { t, i18n } = useTranslation('common');
  return (
    <Group justify="space-between" gap="sm">
      <Text size="sm" c="dimmed">
        {t('pager.total', { count: total, total: new Intl.NumberFormat(i18n.language).format(total) })}
      </Text>
      {pages > 1 && (
        <Pagination
          value={page}
          total={pages}
          onChange={onPage}
          size="sm"
          getItemProps={(at) => ({ 'aria-label': t('pager.page', { page: at }) })}
          getControlProps={(control) => ({ 'aria-label': t(`pager.${control}`) })}
        />
      )}
    </Group>
  );
}
