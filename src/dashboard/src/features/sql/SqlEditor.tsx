import { autocompletion } from '@codemirror/autocomplete';
import { SQLite, sql } from '@codemirror/lang-sql';
import { Prec } from '@codemirror/state';
import { keymap } from '@codemirror/view';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useCollections } from '~/api/queries';
import { CodeEditor } from '~/ui/CodeEditor';

/** The text of the console, with the names of collections and fields to choose from. Ctrl+Enter runs it. */
export function SqlEditor({ value, onChange, onRun }: { value: string; onChange: (text: string) => void; onRun: () => void }) {
  const { t } = useTranslation('sql');
  const collections = useCollections();
  const run = useRef(onRun);
  run.current = onRun;
  const extensions = useMemo(() => {
    const schema = Object.fromEntries((collections ?? []).map(({ name, fields }) => [name, fields.map((field) => field.name)]));
    const begin = () => {
      run.current();
      return true;
    };
    return [Prec.highest(keymap.of([{ key: 'Mod-Enter', run: begin }])), sql({ dialect: SQLite, schema, upperCaseKeywords: true }), autocompletion()];
  }, [collections]);
  return (
    <CodeEditor
      value={value}
      onChange={onChange}
      label={t('editor')}
      placeholder="SELECT * FROM users LIMIT 20"
      extensions={extensions}
      minHeight={140}
      maxHeight={360}
    />
  );
}
