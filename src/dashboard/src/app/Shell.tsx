import { AppShell, Burger, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet } from 'react-router';
import { Loading } from '~/ui/States';
import { Connection } from './Connection';
import { Sidebar } from './Sidebar';
import { SignedIn } from './SignedIn';

/** The frame around every page for who is signed in: navigation at the left, the page at the right. */
export function Shell() {
  const { t } = useTranslation('common');
  const [opened, { toggle, close }] = useDisclosure();

  return (
    <SignedIn>
      <AppShell
        navbar={{ width: 'var(--hearth-nav-width)', breakpoint: 'sm', collapsed: { mobile: !opened } }}
        header={{ height: { base: 48, sm: 0 } }}
        padding={{ base: 'md', sm: 'lg' }}
      >
        <AppShell.Header hiddenFrom="sm">
          <Group h="100%" px="md" gap="sm">
            <Burger opened={opened} onClick={toggle} size="sm" aria-label={t('nav.menu')} />
            <Text fw={650}>Hearth</Text>
          </Group>
        </AppShell.Header>
        <AppShell.Navbar aria-label={t('nav.label')}>
          <Sidebar close={close} />
        </AppShell.Navbar>
        <AppShell.Main id="page">
          <Suspense fallback={<Loading />}>
            <Outlet />
          </Suspense>
        </AppShell.Main>
      </AppShell>
      <Connection />
    </SignedIn>
  );
}
