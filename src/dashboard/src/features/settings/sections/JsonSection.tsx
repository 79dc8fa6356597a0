import { Code, Group, ScrollArea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '~/ui/actions/CopyButton';
import { Block } from '../Fields';
import type { SectionProps } from '.';

/** All settings as the API has them, to copy into another app. */
export function JsonSection({ form }: SectionProps) {
  const { t } = useTranslation('settings');
  const text = JSON.stringify(form.values, (key, value) => (key === 'password' || key === 'secret' ? undefined : value), 2);
  return (
    <Block title={t('json.title')} hint={t('json.hint')}>
      <Group justify="end">
        <CopyButton value={text} label={t('json.copy')} />
      </Group>
      <ScrollArea.Autosize mah={560} viewportProps={{ tabIndex: 0, 'aria-label': t('json.title') }}>
        <Code block>{text}</Code>
      </ScrollArea.Autosize>
    </Block>
  );
}
