import { Group, Input, SegmentedControl, Skeleton, Stack, Text } from '@mantine/core';
import { useDebouncedValue, useId } from '@mantine/hooks';
import type { CollectionModel } from 'pocketbase';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RuleOwner } from '~/api/rules';
import { RuleReading } from './RuleReading';
import type { RuleAction } from './tree';

/** An editor for one rule. */
export interface RuleEditorProps {
  /** Null: superusers only. Empty: everybody. */
  rule: string | null;
  onChange: (rule: string | null) => void;
  label: string;
  hint?: string;
  action: RuleAction;
  /** Whose rule it is, for the server's check: a saved collection, or the members of a draft. */
  owner: RuleOwner;
  /** The collection as it is being written, for completion. */
  collection: CollectionModel;
  /** The words for null and for the empty rule, where they mean something else. */
  words?: { nobody?: string; everybody?: string };
  /** Which of both cannot be chosen. */
  without?: 'nobody' | 'everybody';
  readOnly?: boolean;
  error?: string;
}

type Mode = 'nobody' | 'everybody' | 'rule';

const Editor = lazy(() => import('./RuleText'));

/** Who may do something: only superusers, everybody, or whoever fulfils a rule, with a check and a reading of what it means. */
export function RuleEditor({ rule, onChange, label, hint, action, owner, collection, words, without, readOnly, error }: RuleEditorProps) {
  const { t } = useTranslation('rules');
  const id = useId();
  const [writing, setWriting] = useState(Boolean(rule));
  const [kept, setKept] = useState(rule ?? '');
  // Somebody who types is not asked at each letter.
  const [asked] = useDebouncedValue(rule, 300);
  const mode: Mode = rule === null ? 'nobody' : rule !== '' || writing ? 'rule' : 'everybody';

  const choose = (next: string) => {
    if (rule) setKept(rule);
    setWriting(next === 'rule');
    onChange(next === 'nobody' ? null : next === 'everybody' ? '' : kept);
  };

  const modes = [
    { value: 'nobody', label: words?.nobody ?? t('modes.nobody') },
    { value: 'everybody', label: words?.everybody ?? t('modes.everybody') },
    { value: 'rule', label: t('modes.rule') },
  ].filter(({ value }) => value !== without);

  return (
    <Stack gap={6} role="group" aria-labelledby={id}>
      <Group justify="space-between" gap="xs">
        <div>
          <Text id={id} fw={600} size="sm">
            {label}
          </Text>
          {hint && (
            <Text size="xs" c="dimmed">
              {hint}
            </Text>
          )}
        </div>
        <SegmentedControl size="xs" value={mode} onChange={choose} data={modes} disabled={readOnly} aria-label={label} withItemsBorders={false} />
      </Group>
      {mode === 'rule' && (
        <Suspense fallback={<Skeleton h={36} />}>
          <Editor rule={rule ?? ''} onChange={onChange} label={label} action={action} owner={owner} collection={collection} readOnly={readOnly} />
        </Suspense>
      )}
      {mode === 'rule' && rule === '' ? (
        <Text size="sm" c="dimmed">
          {t('write')}
        </Text>
      ) : (
        <RuleReading rule={asked} collection={owner} action={action} />
      )}
      {error && !(mode === 'rule' && rule) && <Input.Error>{error}</Input.Error>}
    </Stack>
  );
}
