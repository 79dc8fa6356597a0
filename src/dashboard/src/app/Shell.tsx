import { AppShell, Burger, Group, NavLink, ScrollArea, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Outlet, useLocation, useNavigate } from 'react-router';
import { pb } from '~/api/client';
import { Loading } from '~/ui/States';
import { navigation } from './navigation';

/** The frame around every page for who is signed in: navigation at the left, the page at the right. */
export function Shell() {
  const { t } = useTranslation('common');
  const [opened, { toggle, close }] = useDisclosure();
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  const signedIn = pb.authStore.isValid && pb.authStore.isSuperuser;

  useEffect(() => {
    if (!signedIn) navigate(`/signin?to=${encodeURIComponent(pathname + search)}`, { replace: true });
  }, [signedIn, navigate, pathname, search]);

  if (!signedIn) return null;
  return (
    <AppShell
      navbar={{ width: 'var(--hearth-nav-width)', breakpoint: 'sm', collapsed: { mobile: !opened } }}
      header={{ height: { base: 48, sm: 0 } }}
      padding="lg"
    >
      <AppShell.Header hiddenFrom="sm">
        <Group h="100%" px="md" gap="sm">
          <Burger opened={opened} onClick={toggle} size="sm" aria-label={t('nav.menu')} />
          <Text fw={650}>Hearth</Text>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" aria-label={t('nav.label')}>
        <ScrollArea>
          {navigation.map(({ group, entries }) => (
            <div key={group}>
              <Text size="xs" c="dimmed" px="xs" pt="sm" pb={4}>
                {t(`nav.groups.${group}`)}
              </Text>
              {entries.map(({ label, to, icon: Icon }) => (
                <NavLink
                  key={to}
                  component={Link}
                  to={to}
                  onClick={close}
                  label={t(`nav.${label}`)}
                  leftSection={<Icon size={17} aria-hidden />}
                  active={to === '/' ? pathname === '/' : pathname.startsWith(to)}
                  py={6}
                />
              ))}
            </div>
          ))}
        </ScrollArea>
      </AppShell.Navbar>
      <AppShell.Main>
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </AppShell.Main>
    </AppShell>
  );
}
