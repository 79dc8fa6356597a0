import { Alert } from '@mantine/core';
import { CircleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '~/api/errors';
import { passkeyTrouble } from '~/api/passkeys';

/** Why a sign-in did not go through, in words of its own for what is usual; `refused` is what a 400 means here. */
export function Wrong({ error, refused }: { error: unknown; refused: string }) {
  const { t } = useTranslation(['signin', 'common']);
  if (!error) return null;
  const { status, message, offline } = problemOf(error);
  const text = () => {
    if (offline) return t('states.offline', { ns: 'common' });
    if (status === 400) return refused;
    if (status === 429) return t('tooMany');
    const trouble = passkeyTrouble(error);
    if (trouble === 'givenUp') return t('passkeyGivenUp');
    return trouble === 'elsewhere' ? t('passkeyElsewhere') : message;
  };
  return (
    <Alert color="red" variant="light" icon={<CircleAlert aria-hidden />} role="alert">
      {text()}
    </Alert>
  );
}
