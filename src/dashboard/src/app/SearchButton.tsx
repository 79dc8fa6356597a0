import { ActionIcon, Kbd, Text, UnstyledButton } from '@mantine/core';
import { Search } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import classes from './Sidebar.module.css';

// The palette is loaded after the first page; until then there is nothing to open.
const open = async () => (await import('@mantine/spotlight')).spotlight.open();

/** Opens the palette for who uses no keyboard; `small` as a sign only. */
export function SearchButton({ small = false }: { small?: boolean }) {
  const { t } = useTranslation('common');
  if (small) {
    return (
      <ActionIcon variant="subtle" color="gray" onClick={() => void open()} aria-label={t('palette.open')}>
        <Search size={18} aria-hidden />
      </ActionIcon>
    );
  }
  return (
    <UnstyledButton className={classes.search} onClick={() => void open()}>
      <Search size={15} aria-hidden />
      <Text size="sm" c="dimmed" flex={1}>
        {t('actions.search')}
      </Text>
      <Kbd size="xs" aria-hidden>
        Ctrl K
      </Kbd>
    </UnstyledButton>
  );
}
