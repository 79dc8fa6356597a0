import { Group, Kbd, Modal, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { paths } from './paths';

/** Every key of the dashboard. */
export function Keys({ opened, close }: { opened: boolean; close: () => void }) {
  const { t } = useTranslation('common');
  return (
    <Modal opened={opened} onClose={close} title={t('keys.title')} size="lg" closeButtonProps={{ 'aria-label': t('actions.close') }}>
      <Stack>
        <Title order={2} size="h5">
          {t('keys.everywhere')}
        </Title>
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs">
          <Key keys={<Combination keys={['Ctrl', 'K']} />} text={t('keys.palette')} />
          <Key keys={<Kbd>?</Kbd>} text={t('keys.help')} />
          <Key keys={<Combination keys={['Ctrl', 'S']} />} text={t('keys.save')} />
          <Key keys={<Kbd>Esc</Kbd>} text={t('keys.escape')} />
          {Object.entries(paths).map(([letter, { label }]) => (
            <Key
              key={letter}
              keys={
                <>
                  <Kbd>g</Kbd> {t('keys.andThen')} <Kbd>{letter}</Kbd>
                </>
              }
              text={label === 'account' ? t('account.own') : t(`nav.${label}`)}
            />
          ))}
        </SimpleGrid>
        <Title order={2} size="h5">
          {t('keys.grid')}
        </Title>
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs">
          <Key keys={<Kbd>← ↑ → ↓</Kbd>} text={t('keys.move')} />
          <Key keys={<Kbd>Enter</Kbd>} text={t('keys.edit')} />
        </SimpleGrid>
      </Stack>
    </Modal>
  );
}

function Combination({ keys }: { keys: string[] }) {
  return keys.map((key, at) => (
    <span key={key}>
      {at > 0 && ' + '}
      <Kbd>{key}</Kbd>
    </span>
  ));
}

function Key({ keys, text }: { keys: ReactNode; text: string }) {
  return (
    <Group gap="sm" wrap="nowrap">
      <Text size="sm" component="div" w={110}>
        {keys}
      </Text>
      <Text size="sm">{text}</Text>
    </Group>
  );
}
