import { Code, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { CollectionModel } from 'pocketbase';
import { useTranslation } from 'react-i18next';
import { pb } from '~/api/client';
import { ruleReading } from '~/ui/rules/ruleReading';
import type { RuleCheck } from '~/ui/rules/tree';
import type { Action } from './snippets';

const ruleOf: Partial<Record<Action, 'listRule' | 'viewRule' | 'createRule' | 'updateRule' | 'deleteRule'>> = {
  list: 'listRule',
  live: 'listRule',
  view: 'viewRule',
  create: 'createRule',
  update: 'updateRule',
  files: 'updateRule',
  delete: 'deleteRule',
};

/** Who may do it, by the rule of the collection, in words. */
export function Access({ collection, action }: { collection: CollectionModel; action: Action }) {
  const { t, i18n } = useTranslation('api');
  const name = ruleOf[action];
  const rule: string | null = (name ? collection[name] : '') ?? null;
  const checked = useQuery({
    queryKey: ['rules', 'check', collection.id, rule, action],
    queryFn: () => pb.send<RuleCheck>('/api/rules/check', { method: 'POST', body: { collection: collection.name, rule } }),
    enabled: Boolean(rule),
    staleTime: 60_000,
    placeholderData: undefined,
  }).data;
  if (!name) return null;
  const reading = rule ? checked?.valid && ruleReading(rule, checked.tree, i18n.language) : ruleReading(rule, null, i18n.language);
  return (
    <Text size="sm">
      {t('who')} {reading} {rule && <Code>{rule}</Code>}
    </Text>
  );
}
