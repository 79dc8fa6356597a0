import { Group, Loader, SegmentedControl, Stack } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import type { CollectionModel } from 'pocketbase';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { pb } from '~/api/client';
import { CopyButton } from '~/ui/actions/CopyButton';
import { type Action, type Language, languages, snippet } from './snippets';

const Code = lazy(() => import('./Code'));
const names: Record<Language, string> = { js: 'JavaScript', dart: 'Dart', csharp: 'C#', curl: 'curl' };

/** The code for an action in the language that was last chosen. */
export function Snippets({ collection, action }: { collection: CollectionModel; action: Action }) {
  const { t } = useTranslation('api');
  const [language, setLanguage] = useLocalStorage<Language>({ key: 'hearth.snippets', defaultValue: 'js' });
  const code = snippet(action, language, { collection, base: pb.baseURL.replace(/\/$/, '') });
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <SegmentedControl
          size="xs"
          aria-label={t('language')}
          value={language}
          onChange={(value) => setLanguage(value as Language)}
          data={languages.map((one) => ({ value: one, label: names[one] }))}
        />
        <CopyButton value={code} label={t('copyCode')} />
      </Group>
      <Suspense fallback={<Loader type="dots" />}>
        <Code value={code} label={t('code', { language: names[language] })} as={language === 'curl' ? 'plain' : 'code'} />
      </Suspense>
    </Stack>
  );
}
