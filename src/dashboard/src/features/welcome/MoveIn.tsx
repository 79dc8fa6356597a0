import { Code, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { pb } from '~/api/client';
import { queries } from '~/api/queries';
import { CopyButton } from '~/ui/actions/CopyButton';
import { confirm } from '~/ui/actions/confirm';
import { RestoreUpload } from '~/ui/RestoreUpload';

/** Bringing a whole app: by the command line from PocketBase, or by a backup of another Hearth. */
export function MoveIn() {
  const { t } = useTranslation('welcome');
  const navigate = useNavigate();
  const restored = () => {
    notifications.show({ message: t('move.restored'), color: 'green', autoClose: false });
    pb.authStore.clear();
    queries.clear();
    navigate('/signin', { replace: true });
  };

  return (
    <Stack maw={860}>
      <Part title={t('move.pocketbase')} text={t('move.pocketbaseText')}>
        <Command text="hearth import pocketbase PATH/TO/pb_data --dir hearth_data" />
        <Text size="sm" c="dimmed">
          {t('move.pocketbaseEmpty')}
        </Text>
        <Command text="hearth serve --dir hearth_data" />
      </Part>
      <Part title={t('move.backup')} text={t('move.backupText')}>
        <RestoreUpload
          ask={() => confirm({ title: t('move.confirmTitle'), text: t('move.confirmText'), action: t('restore.go', { ns: 'common' }) })}
          done={restored}
        />
      </Part>
      <Part title={t('move.rows')} text={t('move.rowsText')}>
        <Command text="hearth import FILE.csv --collection NAME --create" />
      </Part>
    </Stack>
  );
}

function Part({ title, text, children }: { title: string; text: string; children: React.ReactNode }) {
  return (
    <Paper withBorder p="lg" component="section">
      <Stack gap="sm">
        <div>
          <Title order={2} size="h4">
            {title}
          </Title>
          <Text size="sm" mt={4}>
            {text}
          </Text>
        </div>
        {children}
      </Stack>
    </Paper>
  );
}

function Command({ text }: { text: string }) {
  return (
    <Group gap="xs" wrap="nowrap">
      <Code block flex={1}>
        {text}
      </Code>
      <CopyButton value={text} />
    </Group>
  );
}
