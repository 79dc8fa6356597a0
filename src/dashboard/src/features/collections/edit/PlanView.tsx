import { Alert, List, Text, ThemeIcon } from '@mantine/core';
import { Check, Clock, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { said } from '~/i18n/said';
import { durationOf, type Plan } from '../model/plan';

/** What a change of the schema does, step by step; what would be lost stands out. */
export function PlanView({ plan }: { plan: Plan }) {
  const { t } = useTranslation('collections');
  const lost = plan.steps.reduce((sum, { loses }) => sum + loses, 0);
  return (
    <>
      {plan.steps.length === 0 && <Text size="sm">{t('plan.nothing')}</Text>}
      <List spacing="xs" size="sm" listStyleType="none">
        {plan.steps.map((step, i) => (
          <List.Item
            // biome-ignore lint/suspicious/noArrayIndexKey: the steps of a plan stay in their order
            key={i}
            icon={
              <ThemeIcon size={22} radius="xl" variant="light" color={step.loses > 0 ? 'red' : 'green'}>
                {step.loses > 0 ? <TriangleAlert size={13} aria-hidden /> : <Check size={13} aria-hidden />}
              </ThemeIcon>
            }
          >
            {said(step.description)}
          </List.Item>
        ))}
      </List>
      {plan.steps.length > 0 && (
        <Text size="sm" c="dimmed" mt="md">
          <Clock size={14} aria-hidden style={{ verticalAlign: '-2px', marginInlineEnd: 6 }} />
          {t(`plan.${durationOf(plan)}`)}
        </Text>
      )}
      {plan.loses && (
        <Alert color="red" variant="light" mt="md" icon={<TriangleAlert aria-hidden />} title={t('plan.loses')}>
          {lost > 0 ? t('plan.lost', { count: lost }) : t('plan.lostSome')}
        </Alert>
      )}
    </>
  );
}
