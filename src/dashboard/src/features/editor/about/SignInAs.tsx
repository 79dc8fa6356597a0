import { Alert, Button, Code, Group, Select, Text } from '@mantine/core';
import type { CollectionModel, RecordModel } from 'pocketbase';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { pb } from '~/api/client';
import { CopyButton } from '~/ui/actions/CopyButton';
import { Section } from './Section';
import { tell } from './tell';

/** Makes a token with which a program acts as this account for a while. */
export function SignInAs({ collection, record }: { collection: CollectionModel; record: RecordModel }) {
  const { t } = useTranslation('editor');
  const [seconds, setSeconds] = useState('900');
  const [token, setToken] = useState('');
  const make = () =>
    tell(async () => {
      const client = await pb.collection(collection.name).impersonate(record.id, Number(seconds));
      setToken(client.authStore.token);
    }, t('account.tokenMade'));
  return (
    <Section title={t('account.signInAs')} hint={t('account.signInAsHint')}>
      <Group gap="xs" align="end">
        <Select
          label={t('account.howLong')}
          w={170}
          allowDeselect={false}
          value={seconds}
          onChange={(next) => next && setSeconds(next)}
          data={[
            { value: '900', label: t('account.minutes') },
            { value: '3600', label: t('account.hour') },
            { value: '86400', label: t('account.day') },
          ]}
        />
        <Button variant="default" onClick={make}>
          {t('account.makeToken')}
        </Button>
      </Group>
      {token && (
        <Alert
          mt="sm"
          variant="light"
          color="yellow"
          title={
            <Text span inherit c="var(--mantine-color-text)">
              {t('account.tokenOnce')}
            </Text>
          }
        >
          <Group wrap="nowrap" gap={4}>
            <Code block flex={1} style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
              {token}
            </Code>
            <CopyButton value={token} label={t('account.copyToken')} />
          </Group>
          <Text size="xs" mt={6}>
            {t('account.tokenHint')}
          </Text>
        </Alert>
      )}
    </Section>
  );
}
