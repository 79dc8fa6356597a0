import { Code, Group, Paper, ScrollArea, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cspNonce } from '~/app/nonce';
import { TimeText } from '~/ui/texts/TimeText';
import classes from './Mails.module.css';
import type { KeptMail } from './model';
import { quiet } from './quiet';

/** One mail: as its reader sees it, its plain text, or its HTML as text. */
export function MailView({ mail }: { mail: KeptMail }) {
  const { t } = useTranslation('mails');
  const [form, setForm] = useState<'seen' | 'text' | 'source'>(mail.html ? 'seen' : 'text');
  const page = useMemo(() => quiet(mail.html, cspNonce), [mail.html]);
  return (
    <Paper withBorder p="md" component="article" aria-label={mail.subject} miw={0}>
      <Stack gap="sm">
        <Group justify="space-between" align="start" gap="sm">
          <Stack gap={2} miw={0}>
            <Title order={2} size="h4" dir="auto">
              {mail.subject || t('outbox.noSubject')}
            </Title>
            <Text size="sm" c="dimmed">
              {t('mail.to', { to: mail.to })} · <TimeText value={mail.date} seconds inherit />
            </Text>
          </Stack>
          <SegmentedControl
            aria-label={t('mail.form')}
            size="xs"
            value={form}
            onChange={(value) => setForm(value as typeof form)}
            data={(['seen', 'text', 'source'] as const).map((value) => ({ value, label: t(`mail.${value}`) }))}
          />
        </Group>
        {form === 'seen' ? (
          <>
            <iframe
              title={t('mail.body')}
              sandbox="allow-popups allow-popups-to-escape-sandbox"
              srcDoc={page.html}
              className={classes.frame}
              referrerPolicy="no-referrer"
            />
            {page.remote > 0 && (
              <Text size="xs" c="dimmed">
                {t('mail.remote', { count: page.remote })}
              </Text>
            )}
          </>
        ) : (
          <ScrollArea.Autosize mah="62vh" viewportProps={{ tabIndex: 0, 'aria-label': t(`mail.${form}`) }}>
            <Code block className={classes.text}>
              {form === 'text' ? mail.text : mail.html}
            </Code>
          </ScrollArea.Autosize>
        )}
      </Stack>
    </Paper>
  );
}
