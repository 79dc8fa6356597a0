import { Button, Code, Group, SimpleGrid, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '~/ui/actions/CopyButton';
import { confirm } from '~/ui/actions/confirm';
import { codes, send } from './model';
import { Part } from './Part';
import { withProof } from './proof';

/** The recovery codes of the account; new ones are shown once. */
export function RecoveryCodes({ on }: { on: boolean }) {
  const { t } = useTranslation('account');
  const client = useQueryClient();
  const list = useQuery(codes);
  // A code that was used is gone.
  const left = list.data?.length ?? 0;
  const making = useMutation({
    mutationFn: async () => {
      if (left > 0 && !(await confirm({ title: t('recovery.ask'), text: t('recovery.lost'), action: t('recovery.make') }))) return null;
      return withProof(t('proof.title'), (proof) => send<{ codes: string[] }>('recovery-codes', proof));
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['account', 'codes'] }),
  });
  const made = making.data?.codes;

  return (
    <Part
      title={t('recovery.title')}
      hint={t('recovery.hint')}
      error={list.error ?? making.error}
      action={
        on && (
          <Button variant="default" loading={making.isPending} onClick={() => making.mutate()}>
            {t('recovery.make')}
          </Button>
        )
      }
    >
      <Text size="sm">{on ? list.data && t('recovery.left', { count: left }) : t('recovery.need')}</Text>
      {made && (
        <>
          <Group gap="xs">
            <Text size="sm" fw={500}>
              {t('recovery.shown')}
            </Text>
            <CopyButton value={made.join('\n')} label={t('recovery.copy')} />
          </Group>
          <SimpleGrid cols={{ base: 2, sm: 5 }} spacing="xs">
            {made.map((code) => (
              <Code key={code}>{code}</Code>
            ))}
          </SimpleGrid>
        </>
      )}
    </Part>
  );
}
