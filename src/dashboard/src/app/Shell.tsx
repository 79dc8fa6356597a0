import { AppShell, Burger, Group, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet } from 'react-router';
import { Loading } from '~/ui/States';
import { Commands } from './Commands';
import { Connection } from './Connection';
import { SearchButton } from './SearchButton';
import { Sidebar } from './Sidebar';
import classes from './Sidebar.module.css';
import { SignedIn } from './SignedIn';

/** The frame around every page for who is signed in: navigation at the left, the page at the right. */
export function Shell() {
  const { t } = useTranslation('common');
  const [opened, { toggle, close }] = useDisclosure();

  return (
    <SignedIn>
      <UnstyledButton className={classes.skip} onClick={() => document.getElementById('page')?.focus()}>
        {t('keys.skip')}
      </UnstyledButton>
      <AppShell
        navbar={{ width: 'var(--hearth-nav-width)', breakpoint: 'sm', collapsed: { mobile: !opened } }}
        header={{ height: { base: 48, sm: 0 } }}
        padding={{ base: 'md', sm: 'lg' }}
      >
        <AppShell.Header hiddenFrom="sm">
          <Group h="100%" px="md" gap="sm">
            <Burger opened={opened} onClick={toggle} size="sm" aria-label={t('nav.menu')} />
            <Text fw={650} flex={1}>
              Hearth
            </Text>
            <SearchButton small />
          </Group>
        </AppShell.Header>
        <AppShell.Navbar aria-label={t('nav.label')}>
          <Sidebar close={close} />
        </AppShell.Navbar>
        <AppShell.Main id="page" tabIndex={-1}>
          <Suspense fallback={<Loading />}>
            <Outlet />
          </Suspense>
        </AppShell.Main>
      </AppShell>
      <Connection />
      <Commands />
    </SignedIn>
  );
}
