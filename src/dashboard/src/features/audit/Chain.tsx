import { Alert, Button, Code, Group, List, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { ShieldAlert, ShieldCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '~/ui/actions/CopyButton';
import { ErrorState } from '~/ui/States';
import { verify } from './model';

/** Checks whether the log is whole, and says what is wrong with it. */
export function Chain() {
  const { t, i18n } = useTranslation('audit');
  const check = useMutation({ mutationFn: verify });
  const report = check.data;
  const count = (number: number) => new Intl.NumberFormat(i18n.language).format(number);
  return (
    <Stack gap="sm">
      <Group gap="sm">
        <Button
          variant="default"
          size="xs"
          leftSection={<ShieldCheck size={15} aria-hidden />}
          onClick={() => check.mutate()}
          loading={check.isPending}
        >
          {t('chain.check')}
        </Button>
        <Text size="sm" c="dimmed">
          {t('chain.hint')}
        </Text>
      </Group>
      {check.isError && <ErrorState error={check.error} />}
      {report && (
        <Alert
          color={report.valid ? 'green' : 'red'}
          variant="light"
          icon={report.valid ? <ShieldCheck aria-hidden /> : <ShieldAlert aria-hidden />}
          title={t(report.valid ? 'chain.valid' : 'chain.broken')}
          role="status"
        >
          <Stack gap={6}>
            <Text size="sm">
              {t('chain.entries', { count: report.entries, total: count(report.entries) })}{' '}
              {report.unsealed > 0 && t('chain.unsealed', { count: report.unsealed })} {t(report.signed ? 'chain.signed' : 'chain.unsigned')}
            </Text>
            {report.problems.length > 0 && (
              <List size="sm">
                {report.problems.map((problem) => (
                  <List.Item key={`${problem.kind}${problem.number}${problem.id}`}>{problem.message}</List.Item>
                ))}
              </List>
            )}
            <Group gap={4} wrap="nowrap">
              <Text size="xs">{t('chain.head', { number: report.head.number })}</Text>
              <Code style={{ overflowWrap: 'anywhere' }}>{report.head.hash}</Code>
              <CopyButton value={`number=${report.head.number}&hash=${report.head.hash}`} label={t('chain.copy')} />
            </Group>
          </Stack>
        </Alert>
      )}
    </Stack>
  );
}
