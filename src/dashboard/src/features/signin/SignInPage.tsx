import { Anchor, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Navigate, useNavigate, useSearchParams } from 'react-router';
import { pb } from '~/api/client';
import { Card, CardBody } from './Card';
import { SignInFlow } from './SignInFlow';

/** Where to go after signing in; only to addresses within the dashboard. */
const within = (to: string | null) => (to?.startsWith('/') && !to.startsWith('//') ? to : '/');

/** Signing in as a superuser. */
export function SignInPage() {
  const { t } = useTranslation('signin');
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const to = within(search.get('to'));

  if (pb.authStore.isValid && pb.authStore.isSuperuser) return <Navigate to={to} replace />;
  return (
    <SignInFlow
      title={t('title')}
      hint={t('titleHint')}
      done={() => navigate(to, { replace: true })}
      frame={(title, hint, body) => (
        <Card title={title} hint={hint}>
          {body}
        </Card>
      )}
    />
  );
}

/** Signing in again over the open page, when the sign-in has ended. The page below stays as it is. */
export function SignInAgain({ email, done, leave }: { email: string; done: () => void; leave: () => void }) {
  const { t } = useTranslation('signin');
  return (
    <Modal
      opened
      onClose={() => {}}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      overlayProps={{ backgroundOpacity: 0.4, blur: 2 }}
      zIndex={1000}
      padding="xl"
      aria-label={t('again')}
    >
      <SignInFlow
        known={email}
        title={t('again')}
        hint={t('againHint')}
        done={done}
        frame={(title, hint, body) => (
          <CardBody title={title} hint={hint}>
            {body}
            <Anchor component="button" type="button" size="sm" ta="start" onClick={leave}>
              {t('elsewhere')}
            </Anchor>
          </CardBody>
        )}
      />
    </Modal>
  );
}
