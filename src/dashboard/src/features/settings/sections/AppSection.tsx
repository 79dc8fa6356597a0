import { ColorInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Block, Pair, Toggle } from '../Fields';
import type { SectionProps } from '.';

/** What the app is called and where it lives. */
export function AppSection({ form }: SectionProps) {
  const { t } = useTranslation('settings');
  return (
    <>
      <Block title={t('app.title')} hint={t('app.hint')}>
        <Pair>
          <TextInput label={t('app.name')} required maxLength={255} {...form.getInputProps('meta.appName')} />
          <TextInput
            label={t('app.url')}
            description={t('app.urlHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            type="url"
            required
            {...form.getInputProps('meta.appURL')}
          />
        </Pair>
      </Block>
      <Block title={t('app.look')}>
        <ColorInput
          label={t('app.colour')}
          description={t('app.colourHint')}
          maw={320}
          format="hex"
          withEyeDropper={false}
          {...form.getInputProps('meta.accentColor')}
        />
        <Toggle form={form} path="meta.hideControls" label={t('app.hide')} description={t('app.hideHint')} />
      </Block>
    </>
  );
}
