import { Button, Collapse, Loader, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { Journey, Step } from '~/api/journeys';

const Sql = lazy(() => import('./Sql'));

/** The statements that the database was given, shown when somebody wants to see them. */
export function Statements({ steps, engine }: { steps: Step[]; engine: Journey['engine'] }) {
  const { t } = useTranslation('journey');
  const [opened, { toggle }] = useDisclosure();
  const statements = steps.flatMap((step) => (step.step === 'database' && step.sql ? [step.sql] : []));
  if (!statements.length) return null;
  return (
    <>
      <Button variant="subtle" size="compact-sm" mt={4} px={6} ml={-6} onClick={toggle} aria-expanded={opened}>
        {t(opened ? 'database.hide' : 'database.show')}
      </Button>
      <Collapse expanded={opened}>
        {opened && (
          <Suspense fallback={<Loader type="dots" size="sm" />}>
            <Stack gap="xs" mt={4}>
              {statements.map((sql, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: statements repeat, and their order never changes
                <Sql key={index} sql={sql} engine={engine} />
              ))}
              <Text size="xs" c="dimmed">
                {t('database.values')}
              </Text>
            </Stack>
          </Suspense>
        )}
      </Collapse>
    </>
  );
}
