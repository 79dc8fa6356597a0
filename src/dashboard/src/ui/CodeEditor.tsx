import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching, HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import { EditorView, keymap, placeholder as placeholderText } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { Box } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { cspNonce } from '~/app/nonce';
import classes from './CodeEditor.module.css';

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword], color: 'var(--code-keyword)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--code-string)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--code-number)' },
  { tag: [tags.propertyName, tags.variableName], color: 'var(--code-name)' },
  { tag: tags.comment, color: 'var(--code-comment)' },
  { tag: tags.invalid, color: 'var(--code-invalid)' },
]);

/** What a code editor is given. `label` names it for who cannot see it. */
export interface CodeEditorProps {
  value: string;
  onChange?: (value: string) => void;
  label: string;
  /** Language, completion, checks. Keep it the same object between renderings (`useMemo`). */
  extensions?: Extension;
  placeholder?: string;
  readOnly?: boolean;
  /** One line, like an input. */
  singleLine?: boolean;
  /** Begins with the cursor in it, at the end. */
  takesFocus?: boolean;
  minHeight?: number;
  maxHeight?: number;
}

/** A text editor for code: JSON, SQL, rules, filters. Load it lazily; it brings CodeMirror. */
export function CodeEditor({
  value,
  onChange,
  label,
  extensions = [],
  placeholder = '',
  readOnly = false,
  singleLine = false,
  takesFocus = false,
  minHeight,
  maxHeight = 480,
}: CodeEditorProps) {
  const holder = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const changed = useRef(onChange);
  const changing = useRef(new Compartment());
  changed.current = onChange;

  // biome-ignore lint/correctness/useExhaustiveDependencies: made once; what changes afterwards is handed over by the effects below.
  useEffect(() => {
    if (!holder.current) return;
    view.current = new EditorView({
      parent: holder.current,
      state: EditorState.create({
        doc: value,
        selection: { anchor: takesFocus ? value.length : 0 },
        extensions: [
          changing.current.of([]),
          history(),
          bracketMatching(),
          syntaxHighlighting(colours),
          keymap.of([...defaultKeymap, ...historyKeymap]),
          singleLine ? EditorState.transactionFilter.of((change) => (change.newDoc.lines > 1 ? [] : [change])) : EditorView.lineWrapping,
          EditorView.cspNonce.of(cspNonce),
          EditorView.updateListener.of((update) => update.docChanged && changed.current?.(update.state.doc.toString())),
        ],
      }),
    });
    if (takesFocus) view.current.focus();
    return () => view.current?.destroy();
  }, []);

  useEffect(() => {
    view.current?.dispatch({
      effects: changing.current.reconfigure([
        extensions,
        EditorView.contentAttributes.of({ 'aria-label': label }),
        EditorState.readOnly.of(readOnly),
        placeholder ? placeholderText(placeholder) : [],
      ]),
    });
  }, [extensions, label, readOnly, placeholder]);

  useEffect(() => {
    const editor = view.current;
    if (editor && value !== editor.state.doc.toString()) editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
  }, [value]);

  return (
    <Box
      ref={holder}
      className={classes.editor}
      data-single={singleLine || undefined}
      style={{ '--code-min': minHeight ? `${minHeight}px` : 'auto', '--code-max': `${maxHeight}px` }}
    />
  );
}
