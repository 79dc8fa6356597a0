import type { CollectionModel } from 'pocketbase';
import { csharp } from './csharp';
import { curl } from './curl';
import { dart } from './dart';
import { javascript } from './javascript';
import { fileField } from './samples';

/** The languages of the snippets. */
export const languages = ['js', 'dart', 'csharp', 'curl'] as const;
export type Language = (typeof languages)[number];

/** What can be done with a collection. */
export const actions = ['list', 'view', 'create', 'update', 'delete', 'live', 'signin', 'files'] as const;
export type Action = (typeof actions)[number];

/** What a snippet is made for. */
export interface Subject {
  collection: CollectionModel;
  /** Address of the server, without a slash at the end. */
  base: string;
}

/** Writes the code of each action in one language. */
export type Writer = Record<Action, (subject: Subject) => string>;

const writers: Record<Language, Writer> = { js: javascript, dart, csharp, curl };

/** The code for an action, ready to run. */
export const snippet = (action: Action, language: Language, subject: Subject): string => writers[language][action](subject);

/** The actions that make sense for a collection: views are only read, only accounts sign in. */
export const actionsOf = (collection: CollectionModel): Action[] =>
  actions.filter((action) => {
    if (action === 'signin') return collection.type === 'auth';
    if (action === 'files') return fileField(collection) !== undefined;
    return collection.type !== 'view' || action === 'list' || action === 'view';
  });
