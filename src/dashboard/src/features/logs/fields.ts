import type { RuleField } from '~/ui/rules/schema';

/** What a filter of the log may speak of. */
export const fields: RuleField[] = [
  { name: 'message', type: 'text' },
  { name: 'created', type: 'date' },
  { name: 'level', type: 'number' },
  { name: 'data.status', type: 'number' },
  { name: 'data.execTime', type: 'number' },
  { name: 'data.method', type: 'text' },
  { name: 'data.url', type: 'text' },
  { name: 'data.auth', type: 'text' },
  { name: 'data.authId', type: 'text' },
  { name: 'data.userIP', type: 'text' },
  { name: 'data.userAgent', type: 'text' },
  { name: 'data.error', type: 'text' },
  { name: 'data.type', type: 'text' },
];
