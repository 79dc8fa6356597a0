import { Link, RichTextEditor } from '@mantine/tiptap';
import { useEditor } from '@tiptap/react';
import StarterKit from '@tiptap/starter-kit';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { cspNonce } from '~/app/nonce';
import { withoutHandlers } from '../model/html';
import classes from './fields.module.css';

/** The visual editor. Only what its schema knows is ever shown: scripts and event handlers of a text are not part of it. */
export function RichText({ value, onChange, label }: { value: string; onChange: (html: string) => void; label: string }) {
  const { t } = useTranslation('editor');
  const told = useRef(value);
  const changed = useRef(onChange);
  changed.current = onChange;
  const editor = useEditor({
    extensions: [StarterKit.configure({ link: false }), Link.configure({ openOnClick: false })],
    content: withoutHandlers(value),
    injectNonce: cspNonce,
    editorProps: { attributes: { 'aria-label': label, role: 'textbox', 'aria-multiline': 'true' } },
    onUpdate: ({ editor: now }) => {
      told.current = now.isEmpty ? '' : now.getHTML();
      changed.current(told.current);
    },
  });

  useEffect(() => {
    if (!editor || value === told.current) return;
    told.current = value;
    editor.commands.setContent(withoutHandlers(value), { emitUpdate: false });
  }, [editor, value]);

  return (
    <RichTextEditor
      editor={editor}
      className={classes.rich}
      withCodeHighlightStyles={false}
      labels={{
        boldControlLabel: t('rich.bold'),
        italicControlLabel: t('rich.italic'),
        underlineControlLabel: t('rich.underline'),
        strikeControlLabel: t('rich.strike'),
        clearFormattingControlLabel: t('rich.clear'),
        codeControlLabel: t('rich.code'),
        h2ControlLabel: t('rich.h2'),
        h3ControlLabel: t('rich.h3'),
        bulletListControlLabel: t('rich.bullets'),
        orderedListControlLabel: t('rich.numbers'),
        blockquoteControlLabel: t('rich.quote'),
        codeBlockControlLabel: t('rich.codeBlock'),
        hrControlLabel: t('rich.line'),
        linkControlLabel: t('rich.link'),
        unlinkControlLabel: t('rich.unlink'),
        linkEditorInputLabel: t('rich.address'),
        linkEditorInputPlaceholder: 'https://example.org/',
        linkEditorExternalLink: t('rich.newTab'),
        linkEditorInternalLink: t('rich.sameTab'),
        linkEditorSave: t('rich.set'),
        undoControlLabel: t('rich.undo'),
        redoControlLabel: t('rich.redo'),
      }}
    >
      <RichTextEditor.Toolbar>
        <RichTextEditor.ControlsGroup>
          <RichTextEditor.Bold />
          <RichTextEditor.Italic />
          <RichTextEditor.Underline />
          <RichTextEditor.Strikethrough />
          <RichTextEditor.Code />
          <RichTextEditor.ClearFormatting />
        </RichTextEditor.ControlsGroup>
        <RichTextEditor.ControlsGroup>
          <RichTextEditor.H2 />
          <RichTextEditor.H3 />
          <RichTextEditor.BulletList />
          <RichTextEditor.OrderedList />
          <RichTextEditor.Blockquote />
          <RichTextEditor.CodeBlock />
          <RichTextEditor.Hr />
        </RichTextEditor.ControlsGroup>
        <RichTextEditor.ControlsGroup>
          <RichTextEditor.Link />
          <RichTextEditor.Unlink />
        </RichTextEditor.ControlsGroup>
        <RichTextEditor.ControlsGroup>
          <RichTextEditor.Undo />
          <RichTextEditor.Redo />
        </RichTextEditor.ControlsGroup>
      </RichTextEditor.Toolbar>
      <RichTextEditor.Content dir="auto" />
    </RichTextEditor>
  );
}
