import { type Diagnostic, linter } from '@codemirror/lint';
import type { CollectionModel } from 'pocketbase';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { queries, useCollections } from '~/api/queries';
import { type RuleOwner, ruleCheck } from '~/api/rules';
import { said } from '~/i18n/said';
import { CodeEditor } from '../CodeEditor';
import { ruleWriting } from './completion';
import { kindText } from './kinds';
import { scopeOf } from './schema';
import type { RuleAction } from './tree';

interface RuleTextProps {
  rule: string;
  onChange: (rule: string) => void;
  label: string;
  action: RuleAction;
  owner: RuleOwner;
  collection: CollectionModel;
  readOnly?: boolean;
}

/** The text of a rule; the server's parser marks mistakes while it is written. Loaded when it is first shown. */
export default function RuleText({ rule, onChange, label, action, owner, collection, readOnly }: RuleTextProps) {
  const { t } = useTranslation('rules');
  const collections = useCollections();
  const extensions = useMemo(
    () => [
      ruleWriting(scopeOf(collection, collections ?? []), kindText(t)),
      linter((view) => mistakes(owner, view.state.doc.toString(), action), { delay: 300 }),
    ],
    [collection, collections, owner, action, t],
  );
  return <CodeEditor value={rule} onChange={onChange} label={label} placeholder={t('placeholder')} extensions={extensions} readOnly={readOnly} />;
}

async function mistakes(owner: RuleOwner, rule: string, action: RuleAction): Promise<Diagnostic[]> {
  if (rule.trim() === '') return [];
  const check = await queries.fetchQuery(ruleCheck(owner, rule, action)).catch(() => undefined);
  if (!check || check.valid) return [];
  const { message, start, end } = check.error;
  // At the end of the text there is nothing to mark but its last letter.
  const from = Math.min(start, Math.max(rule.length - 1, 0));
  return [{ from, to: Math.min(Math.max(end, from + 1), rule.length), severity: 'error', message: said(message) }];
}
