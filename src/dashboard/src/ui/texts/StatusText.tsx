import classes from './StatusText.module.css';

/** How an answer went: `well` (2xx), `moved` (3xx: elsewhere, or unchanged), `refused` (4xx), `failed` (5xx or none). */
export type Tone = 'well' | 'moved' | 'refused' | 'failed';

/** The tone of an HTTP status. */
export const toneOf = (status: number): Tone =>
  status >= 500 || status < 100 ? 'failed' : status >= 400 ? 'refused' : status >= 300 ? 'moved' : 'well';

/** An HTTP status with a dot in its colour. */
export function StatusText({ status }: { status: number }) {
  return <span className={`${classes.tone} ${classes[toneOf(status)]}`}>{status || '–'}</span>;
}
