import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { RuleEditor } from '~/ui/rules/RuleEditor';
import type { RuleAction } from '~/ui/rules/tree';
import classes from '../Collections.module.css';
import { type RuleKey, ruleKeys } from '../model/draft';
import type { RuleTabProps } from './tabs';

const actions: Record<RuleKey, RuleAction> = { listRule: 'list', viewRule: 'view', createRule: 'create', updateRule: 'update', deleteRule: 'delete' };

/** Who may do what with the records. */
export function RulesTab({ draft, onChange, errorsAt, owner, collection }: RuleTabProps) {
  const { t } = useTranslation('collections');
  const errors = errorsAt('');
  const keys = draft.type === 'view' ? ruleKeys.slice(0, 2) : ruleKeys;
  return (
    <Stack gap="md" className={classes.lane}>
      <Text size="sm" c="dimmed">
        {t(draft.system ? 'rules.system' : 'rules.hint')}
      </Text>
      {keys.map((key) => (
        <div key={key} className={classes.block}>
          <RuleEditor
            rule={draft[key]}
            onChange={(rule) => onChange({ [key]: rule })}
            label={t(`rules.${key}`)}
            hint={t(`rules.${key}Hint`)}
            action={actions[key]}
            owner={owner}
            collection={collection}
            readOnly={draft.system}
            error={errors[key]}
          />
        </div>
      ))}
      {draft.type === 'auth' && (
        <div className={classes.block}>
          <RuleEditor
            rule={draft.manageRule ?? null}
            onChange={(rule) => onChange({ manageRule: rule })}
            label={t('rules.manageRule')}
            hint={t('rules.manageRuleHint')}
            action="manage"
            without="everybody"
            owner={owner}
            collection={collection}
            readOnly={draft.system}
            error={errors.manageRule}
          />
        </div>
      )}
    </Stack>
  );
}
