import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { pb } from '~/api/client';
import type { RuleStep } from '~/api/journeys';
import { ruleReading } from '~/ui/rules/ruleReading';
import type { RuleCheck } from '~/ui/rules/tree';

/** What the rule that was asked means, in a sentence; undefined while it is not known, or when the rule does not fit the collection any more. */
export function useReading({ collection, rule, action }: RuleStep): string | undefined {
  const { i18n } = useTranslation();
  const checked = useQuery({
    queryKey: ['rules', 'check', collection, rule, action],
    queryFn: () => pb.send<RuleCheck>('/api/rules/check', { method: 'POST', body: { collection, rule, action } }),
    enabled: Boolean(rule),
    staleTime: 60_000,
    placeholderData: undefined,
  }).data;
  return rule && checked?.valid ? ruleReading(rule, checked.tree, i18n.language) : undefined;
}
