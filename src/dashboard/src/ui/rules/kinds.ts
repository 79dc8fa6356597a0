import type { TFunction } from 'i18next';
import type { KindText } from './completion';
import type en from './messages/en';

/** The words for kinds of suggestions; a type that is not known yet stands for itself. */
export const kindText =
  (t: TFunction<'rules'>): KindText =>
  (kind) =>
    t(`kinds.${kind as keyof typeof en.kinds}`, { defaultValue: kind });
