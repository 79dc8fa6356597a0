import { Group, Tooltip } from '@mantine/core';
import { Eye, Globe, List, Lock, Pencil, Plus, Scale, Trash2 } from 'lucide-react';
import type { CollectionModel } from 'pocketbase';
import { useTranslation } from 'react-i18next';
import { type RuleKey, ruleKeys } from '../model/draft';
import classes from './OpenTo.module.css';

const icons = { listRule: List, viewRule: Eye, createRule: Plus, updateRule: Pencil, deleteRule: Trash2 };
const keys: Record<'closed' | 'open' | 'rule', typeof Lock> = { closed: Lock, open: Globe, rule: Scale };

/** How open a collection is: for each action a picture that says superusers, everybody, or by a rule. */
export function OpenTo({ collection }: { collection: CollectionModel }) {
  const { t } = useTranslation('collections');
  const shown: RuleKey[] = collection.type === 'view' ? ruleKeys.slice(0, 2) : [...ruleKeys];
  return (
    <Group gap={4} wrap="nowrap">
      {shown.map((key) => {
        const rule = collection[key];
        const state = rule === null ? 'closed' : rule === '' ? 'open' : 'rule';
        const [Action, State] = [icons[key], keys[state]];
        const text = `${t(`rules.${key}`)}: ${rule ? rule : t(`open.${state}`)}`;
        return (
          <Tooltip key={key} label={text} multiline maw={420}>
            <span className={classes.mark} data-state={state} role="img" aria-label={text}>
              <Action size={13} aria-hidden />
              <State size={11} aria-hidden />
            </span>
          </Tooltip>
        );
      })}
    </Group>
  );
}
