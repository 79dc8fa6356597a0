import { Code, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RuleStep } from '~/api/journeys';
import { useReading } from '../useReading';

/** The text of the rule that was asked, and of the filter that came along. */
export function RuleFacts({ step }: { step: RuleStep }) {
  const { t } = useTranslation('journey');
  const reading = useReading(step);
  return (
    <>
      {reading && <Text size="sm">{t('rule.means', { reading })}</Text>}
      {step.rule && (
        <Text size="sm" mt={4}>
          {t('rule.text')}: <Code>{step.rule}</Code>
        </Text>
      )}
      {step.filter && (
        <Text size="sm" mt={4}>
          {t('rule.filter')}: <Code>{step.filter}</Code>
        </Text>
      )}
    </>
  );
}
