import { Group, Loader, Text } from '@mantine/core';
import { CircleAlert, Eye } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type RuleOwner, useRuleCheck } from '~/api/rules';
import { said } from '~/i18n/said';
import classes from './RuleEditor.module.css';
import { filterReading, ruleReading } from './ruleReading';
import type { RuleAction } from './tree';

/** What a rule means in plain words, or what is wrong with it. */
export function RuleReading({ rule, collection, action }: { rule: string | null; collection: RuleOwner; action: RuleAction }) {
  const { t, i18n } = useTranslation('rules');
  const check = useRuleCheck(collection, rule === '' && action !== 'manage' ? null : rule, action);
  if (rule !== null && rule !== '' && !check) return <Loader type="dots" size="xs" />;
  if (check && !check.valid) {
    return (
      <Group gap={6} wrap="nowrap" align="start" className={classes.wrong} role="status">
        <CircleAlert size={15} aria-hidden className={classes.icon} />
        <Text size="sm">{said(check.error.message)}</Text>
      </Group>
    );
  }
  const tree = check?.valid ? check.tree : null;
  const ofAccounts = action === 'auth' || action === 'mfa';
  const text = !ofAccounts
    ? ruleReading(rule, tree, i18n.language)
    : tree
      ? t('readings.accounts', { clause: filterReading(tree, i18n.language) })
      : t(rule === null ? 'readings.noAccount' : 'readings.everyAccount');
  return (
    <Group gap={6} wrap="nowrap" align="start" c="dimmed" role="status">
      <Eye size={15} aria-hidden className={classes.icon} />
      <Text size="sm">{text}</Text>
    </Group>
  );
}
