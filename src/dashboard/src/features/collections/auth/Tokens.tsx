import { Button } from '@mantine/core';
import { RotateCcwKey } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { confirm } from '~/ui/actions/confirm';
import classes from '../Collections.module.css';
import type { TabProps } from '../edit/tabs';
import { newSecret, type TokenKey, tokenKeys } from '../model/authOptions';
import { Part, Seconds } from './Part';

/** How long tokens last, and a way to end all that are out. */
export function Tokens({ draft, onChange, errorsAt }: TabProps) {
  const { t } = useTranslation('collections');
  const errors = errorsAt('');
  const set = (key: TokenKey, change: object) => onChange((before) => ({ ...before, [key]: { ...(before[key] ?? { duration: 0 }), ...change } }));

  const endAll = async () => {
    const sure = await confirm({ title: t('tokens.endTitle'), text: t('tokens.endText', { name: draft.name }), action: t('tokens.end') });
    if (sure) for (const key of tokenKeys) set(key, { secret: newSecret() });
  };

  return (
    <Part title={t('tokens.title')} hint={t('tokens.hint')}>
      <div className={classes.pair}>
        {tokenKeys.map((key) => (
          <Seconds
            key={key}
            label={t(`tokens.${key}`)}
            value={draft[key]?.duration ?? 0}
            error={errors[`${key}.duration`]}
            onChange={(duration) => set(key, { duration })}
          />
        ))}
      </div>
      {draft.id && (
        <div>
          <Button
            variant="default"
            size="xs"
            leftSection={<RotateCcwKey size={15} aria-hidden />}
            onClick={endAll}
            disabled={draft.authToken?.secret !== undefined}
          >
            {t(draft.authToken?.secret === undefined ? 'tokens.end' : 'tokens.ending')}
          </Button>
        </div>
      )}
    </Part>
  );
}
