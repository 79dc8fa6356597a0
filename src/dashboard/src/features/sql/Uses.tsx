import { Anchor, Group, ScrollArea, Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { millisecondsText } from '~/ui/texts/formats';
import { TimeText } from '~/ui/texts/TimeText';
import type { Use } from './history';
import classes from './Sql.module.css';

/** What was run here before; choosing one puts it into the editor. */
export function Uses({ uses, onChoose, onForget }: { uses: Use[]; onChoose: (query: string) => void; onForget: () => void }) {
  const { t, i18n } = useTranslation('sql');
  return (
    <Stack gap="xs" component="aside" aria-label={t('history.title')} miw={0}>
      <Group justify="space-between">
        <Title order={2} size="h5">
          {t('history.title')}
        </Title>
        {uses.length > 0 && (
          <Anchor component="button" type="button" size="xs" onClick={onForget}>
            {t('history.forget')}
          </Anchor>
        )}
      </Group>
      {uses.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('history.none')}
        </Text>
      ) : (
        <ScrollArea.Autosize mah="70vh">
          {uses.map((use) => (
            <UnstyledButton key={use.query} className={classes.use} onClick={() => onChoose(use.query)}>
              <Text size="xs" ff="monospace" lineClamp={3}>
                {use.query}
              </Text>
              <Text size="xs" c="dimmed">
                <TimeText value={use.at} inherit /> · {use.took === undefined ? t('history.failed') : millisecondsText(use.took, i18n.language)}
              </Text>
            </UnstyledButton>
          ))}
        </ScrollArea.Autosize>
      )}
    </Stack>
  );
}
