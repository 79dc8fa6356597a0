import { Button, Group, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { pb } from '~/api/client';
import { useAct } from '~/ui/actions/useAct';
import { ErrorState } from '~/ui/States';
import { type Form, Pair, Secret, Toggle } from './Fields';

/** A place in an object store, and a button that tries the saved one. */
export function BucketFields({
  form,
  path,
  place,
  unsaved,
}: {
  form: Form;
  path: 's3' | 'backups.s3';
  place: 'storage' | 'backups';
  unsaved: boolean;
}) {
  const { t } = useTranslation('settings');
  const bucket = path === 's3' ? form.values.s3 : form.values.backups.s3;
  const test = useAct({ do: () => pb.settings.testS3(place), done: t('bucket.works'), quiet: true });
  return (
    <>
      <Toggle form={form} path={`${path}.enabled`} label={t('bucket.enabled')} />
      {bucket.enabled && (
        <>
          <TextInput
            label={t('bucket.endpoint')}
            placeholder="https://s3.eu-central-1.amazonaws.com"
            required
            {...form.getInputProps(`${path}.endpoint`)}
          />
          <Pair>
            <TextInput label={t('bucket.bucket')} required {...form.getInputProps(`${path}.bucket`)} />
            <TextInput label={t('bucket.region')} required {...form.getInputProps(`${path}.region`)} />
          </Pair>
          <Pair>
            <TextInput label={t('bucket.accessKey')} autoComplete="off" required {...form.getInputProps(`${path}.accessKey`)} />
            <Secret form={form} path={`${path}.secret`} label={t('bucket.secret')} />
          </Pair>
          <Toggle form={form} path={`${path}.forcePathStyle`} label={t('bucket.pathStyle')} description={t('bucket.pathStyleHint')} />
          {test.isError && <ErrorState error={test.error} />}
          <Group>
            <Button variant="default" onClick={() => test.mutate()} loading={test.isPending} disabled={unsaved}>
              {t('bucket.test')}
            </Button>
            <Text size="sm" c="dimmed">
              {unsaved ? t('test.saveFirst') : t('bucket.testHint')}
            </Text>
          </Group>
        </>
      )}
    </>
  );
}
