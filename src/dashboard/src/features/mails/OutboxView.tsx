import { Button, Group, Paper, ScrollArea, Stack, Text, UnstyledButton } from '@mantine/core';
import { Inbox, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { pb } from '~/api/client';
import { confirm } from '~/ui/actions/confirm';
import { useAct } from '~/ui/actions/useAct';
import { EmptyState } from '~/ui/States';
import { TimeText } from '~/ui/texts/TimeText';
import classes from './Mails.module.css';
import { MailView } from './MailView';
import type { KeptMail } from './model';

/** The outbox of a developer's machine: a list, and the mail that was chosen. */
export function OutboxView({ mails }: { mails: KeptMail[] }) {
  const { t } = useTranslation('mails');
  const [chosen, setChosen] = useState<string>();
  const clear = useAct({ do: () => pb.send('/api/outbox', { method: 'DELETE' }), done: t('outbox.cleared'), refresh: [['mails', 'outbox']] });
  const ask = async () => {
    if (await confirm({ title: t('outbox.clear'), text: t('outbox.clearText', { count: mails.length }), action: t('outbox.clearAction') }))
      clear.mutate();
  };
  const shown = mails.find(({ id }) => id === chosen) ?? mails[0];
  if (!shown) return <EmptyState icon={Inbox} title={t('outbox.emptyTitle')} text={t('outbox.empty')} />;
  return (
    <Stack>
      <Group justify="space-between" gap="sm">
        <Text size="sm" c="dimmed">
          {t('outbox.hint')}
        </Text>
        <Button variant="default" size="xs" leftSection={<Trash2 size={14} aria-hidden />} onClick={ask} loading={clear.isPending}>
          {t('outbox.clear')}
        </Button>
      </Group>
      <div className={classes.outbox}>
        <Paper withBorder component="nav" aria-label={t('outbox.list')}>
          <ScrollArea.Autosize mah="68vh" type="auto">
            {mails.map((mail) => (
              <UnstyledButton
                key={mail.id}
                className={classes.entry}
                aria-current={mail.id === shown.id || undefined}
                onClick={() => setChosen(mail.id)}
              >
                <Text size="sm" fw={600} truncate dir="auto">
                  {mail.subject || t('outbox.noSubject')}
                </Text>
                <Text size="xs" c="dimmed" truncate dir="auto">
                  {mail.to}
                </Text>
                <TimeText value={mail.date} size="xs" c="dimmed" />
              </UnstyledButton>
            ))}
          </ScrollArea.Autosize>
        </Paper>
        <MailView key={shown.id} mail={shown} />
      </div>
    </Stack>
  );
}
