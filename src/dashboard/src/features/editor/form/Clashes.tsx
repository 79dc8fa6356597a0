import { Alert, Box, Button, Group, Stack, Text } from '@mantine/core';
import { UsersRound } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { FieldLabel } from '../fields/FieldFrame';
import { ValueText } from '../fields/ValueText';
import classes from './form.module.css';
import type { RecordForm } from './useRecordForm';

/** Fields that somebody else changed, too: both values side by side, and a choice for each. */
export function Clashes({ form }: { form: RecordForm }) {
  const { t } = useTranslation('editor');
  return (
    <Alert
      color="yellow"
      variant="light"
      icon={<UsersRound aria-hidden />}
      title={t('conflict.title')}
      role="alert"
      classNames={{ title: classes.strong }}
    >
      <Text size="sm" mb="sm">
        {t('conflict.text')}
      </Text>
      <Stack gap="md">
        {form.clashes.map(({ name, mine, theirs }) => {
          const field = form.fields.find((one) => one.name === name);
          if (!field) return null;
          return (
            <Box key={name} role="group" aria-label={name}>
              <Group mb={6} gap="xs">
                <Text size="sm" fw={600} component="div">
                  <FieldLabel name={name} type={field.type} />
                </Text>
              </Group>
              <div className={classes.clash}>
                {(['mine', 'theirs'] as const).map((side) => (
                  <div key={side} className={classes.side}>
                    <Text size="xs" c="dimmed" mb={4}>
                      {t(`conflict.${side}`)}
                    </Text>
                    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard (WCAG 2.1.1). */}
                    <div className={classes.value} tabIndex={0}>
                      <ValueText field={field} value={side === 'mine' ? mine : theirs} />
                    </div>
                    <Button size="compact-sm" variant="default" mt="xs" onClick={() => form.settle(name, side)}>
                      {t(side === 'mine' ? 'conflict.keepMine' : 'conflict.takeTheirs')}
                    </Button>
                  </div>
                ))}
              </div>
            </Box>
          );
        })}
      </Stack>
    </Alert>
  );
}
