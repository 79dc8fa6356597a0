import { AppShell, Group, NavLink, ScrollArea, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { allSettings } from '~/api/settings';
import { Preferences } from '~/ui/Preferences';
import { AccountMenu } from './AccountMenu';
import { navigation } from './navigation';
import { SearchButton } from './SearchButton';
import classes from './Sidebar.module.css';

/** Whether an entry stands for the open page. */
const isOpen = (to: string, pathname: string) => (to === '/' ? pathname === '/' : pathname === to || pathname.startsWith(`${to}/`));

/** The navigation: the pages in groups, the own account and the preferences below. */
export function Sidebar({ close }: { close: () => void }) {
  const { t } = useTranslation('common');
  const { pathname } = useLocation();
  const app = useQuery(allSettings).data?.meta;

  return (
    <>
      {app?.accentColor && <div className={classes.stripe} style={{ background: app.accentColor }} />}
      <AppShell.Section px="md" pt="md" pb="xs" visibleFrom="sm">
        <Group gap="xs" wrap="nowrap">
          <img src="./flame.svg" width={24} height={24} alt="" />
          <div className={classes.names}>
            <Text fw={650} lh={1.2}>
              Hearth
            </Text>
            {app && (
              <Text size="xs" c="dimmed" truncate dir="auto" title={app.appName}>
                {app.appName}
              </Text>
            )}
          </div>
        </Group>
        <SearchButton />
      </AppShell.Section>
      <AppShell.Section grow component={ScrollArea} px="sm">
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
                active={isOpen(to, pathname)}
                aria-current={isOpen(to, pathname) ? 'page' : undefined}
                className={classes.entry}
              />
            ))}
          </div>
        ))}
      </AppShell.Section>
      <AppShell.Section p="sm" className={classes.foot}>
        <Group gap={4} justify="space-between" wrap="nowrap">
          <AccountMenu close={close} />
          <Group gap={0} wrap="nowrap">
            <Preferences />
          </Group>
        </Group>
      </AppShell.Section>
    </>
  );
}
