import type { CollectionField, RecordModel } from 'pocketbase';

/** What the editor of a field is given. */
export interface FieldProps<T> {
  field: CollectionField;
  value: T;
  onChange: (value: T) => void;
  error?: string;
  /** Whether it differs from what is stored. */
  changed?: boolean;
  /** The record as the server has it; null for a new one. */
  record: RecordModel | null;
}
