import { completionStatus } from '@codemirror/autocomplete';
import { Prec } from '@codemirror/state';
import { type EditorView, keymap } from '@codemirror/view';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useCollections } from '~/api/queries';
import { CodeEditor } from '../CodeEditor';
import { ruleWriting } from './completion';
import type { FilterInputProps } from './FilterInput';
import { kindText } from './kinds';
import { type RuleScope, scopeOf } from './schema';

interface FilterEditorProps extends FilterInputProps {
  /** It takes the place of an input that has the focus. */
  takesFocus: boolean;
}

/** The editor inside of `FilterInput`; loaded when somebody turns to it. */
export default function FilterEditor({ value, onChange, onSubmit, collection, fields, label, placeholder, takesFocus }: FilterEditorProps) {
  const { t } = useTranslation('rules');
  const collections = useCollections();
  const submit = useRef(onSubmit);
  useEffect(() => {
    submit.current = onSubmit;
  }, [onSubmit]);

  const scope = useMemo<RuleScope>(() => {
    const own = collections?.find(({ id, name }) => id === collection || name === collection);
    if (own && collections) return scopeOf(own, collections);
    return { fields: fields ?? [], collections: [], request: false };
  }, [collections, collection, fields]);

  const extensions = useMemo(() => {
    const enter = (view: EditorView) => {
      if (completionStatus(view.state) === 'active' || !submit.current) return false;
      submit.current(view.state.doc.toString());
      return true;
    };
    return [Prec.high(keymap.of([{ key: 'Enter', run: enter }])), ruleWriting(scope, kindText(t))];
  }, [scope, t]);

  return (
    <CodeEditor
      value={value}
      onChange={onChange}
      label={label}
      placeholder={placeholder}
      extensions={extensions}
      takesFocus={takesFocus}
      singleLine
    />
  );
}
