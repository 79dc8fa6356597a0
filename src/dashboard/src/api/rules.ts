import { queryOptions, useQuery } from '@tanstack/react-query';
import type { RuleAction, RuleCheck } from '~/ui/rules/tree';
import { pb } from './client';

/** Whose rule it is: a collection by name or id, or the members of one that is not saved yet. */
export type RuleOwner = string | Record<string, unknown>;

/** What the server says about a rule or filter. */
export const ruleCheck = (collection: RuleOwner, rule: string, action: RuleAction) =>
  queryOptions({
    queryKey: ['rules', 'check', collection, rule, action],
    queryFn: ({ signal }) => pb.send<RuleCheck>('/api/rules/check', { method: 'POST', body: { collection, rule, action }, signal, requestKey: null }),
    placeholderData: undefined,
    staleTime: 60_000,
    retry: false,
  });

/** What the server says about a rule; nothing for null, which is no rule. */
export const useRuleCheck = (collection: RuleOwner, rule: string | null, action: RuleAction): RuleCheck | undefined =>
  useQuery({ ...ruleCheck(collection, rule ?? '', action), enabled: rule !== null }).data;
