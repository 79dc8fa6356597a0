import { Badge, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Whether changes of others appear by themselves. */
export function LiveSign({ on }: { on: boolean }) {
  const { t } = useTranslation('records');
  return (
    <Tooltip label={on ? t('live.on') : t('live.off')}>
      <Badge size="sm" variant="dot" color={on ? 'green' : 'gray'} tt="none" fw={500}>
        {on ? t('live.short') : t('live.off')}
      </Badge>
    </Tooltip>
  );
}
