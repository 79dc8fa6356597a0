import { PostgreSQL, SQLite, sql as sqlLanguage } from '@codemirror/lang-sql';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Journey } from '~/api/journeys';
import { CodeEditor } from '~/ui/CodeEditor';
import { layOut } from '../model/statements';

/** A statement with its words in colour. */
export default function Sql({ sql, engine }: { sql: string; engine: Journey['engine'] }) {
  const { t } = useTranslation('journey');
  const language = useMemo(() => sqlLanguage({ dialect: engine === 'postgres' ? PostgreSQL : SQLite }), [engine]);
  return <CodeEditor value={layOut(sql)} label={t('database.sql')} extensions={language} readOnly maxHeight={320} />;
}
