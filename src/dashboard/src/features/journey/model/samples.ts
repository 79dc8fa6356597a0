import type { Journey, LogEntry } from '~/api/journeys';

// Journeys for tests, in the form of docs/reference/journey.md.

/** A member reads a page of airports. */
export const listing: Journey = {
  why: 'sampled',
  engine: 'sqlite',
  total: 1.2,
  steps: [
    { step: 'caller', at: 0.02, took: 0.3, who: 'record', collection: 'users', id: 'u1', name: 'Ana' },
    { step: 'database', at: 0.1, took: 0.15, kind: 'read', sql: 'SELECT * FROM "users" WHERE "id" = ?', rows: 1 },
    { step: 'rule', at: 0.4, took: 0.05, collection: 'airports', action: 'list', rule: '@request.auth.id != ""', outcome: 'filtered' },
    { step: 'database', at: 0.5, took: 0.4, kind: 'read', sql: 'SELECT "id", "name" FROM "airports" LIMIT 30', rows: 30 },
    { step: 'answer', at: 0.95, took: 0.2, status: 200, bytes: 5120 },
  ],
};

/** A write that stood in line and waited for the disk. */
export const writing: Journey = {
  why: 'slow',
  engine: 'sqlite',
  total: 200,
  steps: [
    { step: 'caller', at: 0, took: 0.1, who: 'guest' },
    { step: 'body', at: 0.2, took: 0.2, bytes: 80, kind: 'json' },
    { step: 'database', at: 150, took: 1, kind: 'write', sql: 'INSERT INTO "posts" ("id") VALUES (?)', changed: 1, waited: 145, commit: 40 },
    { step: 'database', at: 191, took: 0, more: 7 },
    { step: 'answer', at: 195, took: 1, status: 200, bytes: 90 },
  ],
};

/** A log entry around a journey. */
export const entryWith = (journey: Journey, method: string, url: string, status = 200): LogEntry => ({
  id: 'e1',
  created: '2026-11-23 12:00:00.000Z',
  level: status < 400 ? 0 : 8,
  message: `${method} ${url}`,
  data: { type: 'request', method, url, status, execTime: journey.total, auth: 'users', journey },
});
