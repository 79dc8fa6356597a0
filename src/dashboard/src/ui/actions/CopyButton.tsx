import { ActionIcon, CopyButton as Copying, Tooltip } from '@mantine/core';
import { Check, Copy } from 'lucide-react';
import { useTranslation } from 'react-i18next';

/** Puts a text on the clipboard. `label` says what it copies. */
export function CopyButton({ value, label }: { value: string; label?: string }) {
  const { t } = useTranslation('common');
  return (
    <Copying value={value}>
      {({ copied, copy }) => {
        const text = copied ? t('actions.copied') : (label ?? t('actions.copy'));
        return (
          <Tooltip label={text}>
            <ActionIcon variant="subtle" color="gray" onClick={copy} aria-label={text}>
              {copied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
            </ActionIcon>
          </Tooltip>
        );
      }}
    </Copying>
  );
}
