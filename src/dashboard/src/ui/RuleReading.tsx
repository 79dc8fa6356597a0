import { Group, Loader, Text } from '@mantine/core';
import { CircleAlert, Eye } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type RuleOwner, useRuleCheck } from '~/api/rules';
import classes from './RuleEditor.module.css';
import { ruleReading } from './ruleReading';
import type { RuleAction } from './rules/tree';

/** What a rule means in plain words, or what is wrong with it. */
export function RuleReading({ rule, collection, action }: { rule: string | null; collection: RuleOwner; action: RuleAction }) {
  const { i18n } = useTranslation('rules');
  const check = useRuleCheck(collection, rule === '' && action !== 'manage' ? null : rule, action);
  if (rule !== null && rule !== '' && !check) return <Loader type="dots" size="xs" />;
  if (check && !check.valid) {
    return (
      <Group gap={6} wrap="nowrap" align="start" className={classes.wrong} role="status">
        <CircleAlert size={15} aria-hidden className={classes.icon} />
        <Text size="sm">{check.error.message}</Text>
      </Group>
    );
  }
  return (
    <Group gap={6} wrap="nowrap" align="start" c="dimmed" role="status">
      <Eye size={15} aria-hidden className={classes.icon} />
      <Text size="sm">{ruleReading(rule, check?.valid ? check.tree : null, i18n.language)}</Text>
    </Group>
  );
}
