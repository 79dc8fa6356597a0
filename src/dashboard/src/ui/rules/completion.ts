import { acceptCompletion, autocompletion, type CompletionContext, closeBrackets, startCompletion } from '@codemirror/autocomplete';
import type { Extension } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { ruleLanguage } from './language';
import type { RuleScope } from './schema';
import { suggest } from './suggest';

/** What a person reads for a kind of suggestion, such as "Text" for `text`. */
export type KindText = (kind: string) => string;

/** Highlighting and completion for rules and filters. */
export function ruleWriting(scope: RuleScope, kindText: KindText): Extension {
  const source = (context: CompletionContext) => {
    const found = suggest(context.state.doc.toString(), context.pos, scope);
    if (!found || found.options.length === 0) return null;
    // Without being asked, nothing is offered on an empty text or where only an operator may come.
    const typing = found.from < context.pos;
    if (!context.explicit && !typing && context.state.sliceDoc(context.pos - 1, context.pos) !== ' ') return null;
    if (!context.explicit && context.pos === 0) return null;
    return {
      from: found.from,
      to: found.to,
      validFor: /^[\w@]*$/,
      options: found.options.map(({ text, kind, boost }) => ({
        label: text,
        detail: kindText(kind),
        boost,
        apply: (view: EditorView, _: unknown, from: number, to: number) => insert(view, text, from, to),
      })),
    };
  };
  return [
    ruleLanguage,
    closeBrackets(),
    autocompletion({ override: [source], icons: false, activateOnTyping: true }),
    keymap.of([{ key: 'Tab', run: acceptCompletion }]),
    EditorView.contentAttributes.of({ spellcheck: 'false', autocapitalize: 'off', autocorrect: 'off' }),
  ];
}

function insert(view: EditorView, text: string, from: number, to: number) {
  view.dispatch({ changes: { from, to, insert: text }, selection: { anchor: from + text.length }, userEvent: 'input.complete' });
  // A name that leads on, such as "@request.", asks for what follows.
  if (text.endsWith('.')) startCompletion(view);
}
