import { Input } from '@mantine/core';
import { lazy, Suspense } from 'react';
import classes from './FilterInput.module.css';
import type { RuleField } from './rules/schema';

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

const Editor = lazy(() => import('./rules/FilterEditor'));

/** An input for a filter with highlighting and completion; Enter applies it. */
export function FilterInput(props: FilterInputProps) {
  return (
    <div className={classes.holder}>
      <Suspense fallback={<Input value={props.value} placeholder={props.placeholder} aria-label={props.label} readOnly />}>
        <Editor {...props} />
      </Suspense>
      {props.error && <Input.Error mt={4}>{props.error}</Input.Error>}
    </div>
  );
}
