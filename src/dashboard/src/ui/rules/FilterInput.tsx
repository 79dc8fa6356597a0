import { Input } from '@mantine/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import { words } from '~/i18n';
import type FilterEditor from './FilterEditor';
import classes from './FilterInput.module.css';
import type { RuleField } from './schema';

/** A line for a filter. */
export interface FilterInputProps {
  value: string;
  onChange: (value: string) => void;
  /** Called on Enter, with the text as it is then. */
  onSubmit?: (value: string) => void;
  /** Whose records are filtered, by name or id. */
  collection?: string;
  /** In place of a collection: the fields of another list, such as the request log. */
  fields?: RuleField[];
  /** Names the input for who cannot see it. */
  label: string;
  placeholder?: string;
  /** What is wrong with it, when the server refused it. */
  error?: string;
}

const loadEditor = async () => {
  const [editor] = await Promise.all([import('./FilterEditor'), words.loadNamespaces('rules')]);
  return { Editor: editor.default };
};

/**
 * An input for a filter with highlighting and completion; Enter applies it. The editor is large, so it comes when somebody turns to the input or there is
 * a filter to show. A plain input stands there until then; what is typed into it goes on in the editor.
 */
export function FilterInput(props: FilterInputProps) {
  const { value, onChange, onSubmit, placeholder, label, error } = props;
  const [{ Editor }, setMade] = useState<{ Editor?: typeof FilterEditor }>({});
  const plain = useRef<HTMLInputElement>(null);
  const load = useCallback(() => {
    // Without the editor, such as when the connection is gone, the plain input stays.
    loadEditor()
      .then(setMade)
      .catch(() => {});
  }, []);
  useEffect(() => {
    if (value) load();
  }, [value, load]);

  return (
    <div className={classes.holder}>
      {Editor ? (
        <Editor {...props} takesFocus={plain.current !== null && plain.current === document.activeElement} />
      ) : (
        <Input
          ref={plain}
          classNames={{ input: classes.plain }}
          value={value}
          placeholder={placeholder}
          aria-label={label}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
          onKeyDown={({ key }) => key === 'Enter' && onSubmit?.(value)}
          onFocus={load}
          onPointerEnter={load}
        />
      )}
      {error && <Input.Error mt={4}>{error}</Input.Error>}
    </div>
  );
}
