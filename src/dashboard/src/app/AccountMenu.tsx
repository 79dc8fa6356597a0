import { Menu, Text, UnstyledButton } from '@mantine/core';
import { LogOut, UserRound } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { pb } from '~/api/client';
import { forgetKept } from '~/api/kept';
import { queries } from '~/api/queries';
import { mayForget } from './mayForget';
import classes from './Sidebar.module.css';

/** The id of the session that a token belongs to (guide: sessions). */
const sessionOf = (token: string): string | null => {
  try {
    const claims: unknown = JSON.parse(atob((token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')));
    return typeof claims === 'object' && claims !== null && 'sid' in claims && typeof claims.sid === 'string' ? claims.sid : null;
  } catch {
    return null;
  }
};

/** Who is signed in, with the way to the own account and out. */
export function AccountMenu({ close }: { close: () => void }) {
  const { t } = useTranslation('common');
  const navigate = useNavigate();
  const email = String(pb.authStore.record?.email ?? '');

  const signOut = async () => {
    if (!(await mayForget())) return;
    const owner = pb.authStore.record?.id ?? '';
    const session = sessionOf(pb.authStore.token);
    // Out for good, so that a copy of the token is of no use either. Without an answer it is forgotten here only.
    if (session)
      await pb
        .collection('_sessions')
        .delete(session)
        .catch(() => {});
    pb.authStore.clear();
    queries.clear();
    forgetKept(owner);
    navigate('/signin', { replace: true });
  };

  return (
    <Menu position="top-start" width={220}>
      <Menu.Target>
        <UnstyledButton className={classes.who} aria-label={`${t('account.menu')}: ${email}`}>
          <Text size="sm" truncate>
            {email}
          </Text>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<UserRound size={16} aria-hidden />} component={Link} to="/account" onClick={close}>
          {t('account.own')}
        </Menu.Item>
        <Menu.Item leftSection={<LogOut size={16} aria-hidden />} onClick={() => void signOut()}>
          {t('account.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
