import { Group, Text, ThemeIcon } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Check, CircleAlert, DatabaseBackup, type LucideIcon, Mails, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '~/api/errors';
import { bytesText } from '~/ui/texts/formats';
import { agoText } from './ago';
import { backups, findings, mails } from './model';
import { Section } from './Section';

type Mood = 'good' | 'look' | 'bad';
const colours: Record<Mood, string> = { good: 'green', look: 'yellow', bad: 'red' };

/** Whether all is well: what the check-up found, backups, mails. */
export function Well() {
  const { t } = useTranslation('home');
  const found = useQuery(findings);

  const problems = found.data?.filter(({ gravity }) => gravity === 'problem').length ?? 0;
  const warnings = (found.data?.length ?? 0) - problems;
  const [mood, text]: [Mood, string] =
    problems > 0
      ? ['bad', t('well.mend', { count: problems })]
      : warnings > 0
        ? ['look', t('well.look', { count: warnings })]
        : ['good', t('well.yes')];
  const more = found.data
    ?.slice(0, 2)
    .map((finding) => finding.text)
    .join(' ');

  return (
    <Section
      title={t('well.title')}
      links={[
        { to: '/doctor', label: t('well.checkup') },
        { to: '/backups', label: t('well.backups') },
        { to: '/mails', label: t('well.mails') },
      ]}
    >
      {found.isError && <Line icon={CircleAlert} mood="bad" text={problemOf(found.error).message} />}
      {found.data && <Line icon={mood === 'good' ? Check : TriangleAlert} mood={mood} text={text} more={more} />}
      <BackupLine />
      <MailLine />
    </Section>
  );
}

function BackupLine() {
  const { t, i18n } = useTranslation('home');
  const { data } = useQuery(backups);
  if (!data) return null;
  const { last, scheduled } = data;
  const more = scheduled ? t('well.scheduled') : t('well.unscheduled');
  if (!last) return <Line icon={DatabaseBackup} mood="look" text={t('well.noBackup')} more={more} />;
  const text = t('well.backup', { ago: agoText(last.modified, i18n.language), size: bytesText(last.size, i18n.language) });
  return <Line icon={DatabaseBackup} mood="good" text={text} more={more} />;
}

function MailLine() {
  const { t } = useTranslation('home');
  const { data } = useQuery(mails);
  if (!data) return null;
  if (data.failed > 0) return <Line icon={Mails} mood="bad" text={t('well.mailsFailed', { count: data.failed })} />;
  return <Line icon={Mails} mood="good" text={data.waiting > 0 ? t('well.mailsWaiting', { count: data.waiting }) : t('well.mailsGood')} />;
}

function Line({ icon: Icon, mood, text, more }: { icon: LucideIcon; mood: Mood; text: string; more?: string }) {
  return (
    <Group gap="sm" wrap="nowrap" align="start">
      <ThemeIcon variant="light" color={colours[mood]} size={30} radius="xl">
        <Icon size={17} aria-hidden />
      </ThemeIcon>
      <div>
        <Text size="sm" fw={500} lh="30px">
          {text}
        </Text>
        {more && (
          <Text size="sm" c="dimmed" lineClamp={3}>
            {more}
          </Text>
        )}
      </div>
    </Group>
  );
}
