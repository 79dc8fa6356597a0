import type { TFunction } from 'i18next';
import type { Overview, Part } from '~/api/overview';
import { millisecondsText } from '~/ui/texts/formats';

/** How all is, in one sentence: what stands out, else that all is well. */
export function headlineOf({ parts, requests }: Overview, t: TFunction<'map'>, language: string): string {
  const names = (state: Part['state']) =>
    new Intl.ListFormat(language).format(parts.filter((part) => part.state === state).map(({ name }) => t(`parts.${name}.name`)));
  const [failing, slow] = [names('failing'), names('slow')];
  const first =
    failing || slow ? [failing && t('headline.failing', { names: failing }), slow && t('headline.slow', { names: slow })] : [t('headline.well')];
  const traffic = requests.count
    ? t('headline.traffic', { count: requests.count, time: millisecondsText(requests.p50 ?? 0, language) })
    : t('headline.quiet');
  const trouble = requests.failed ? t('headline.failed', { count: requests.failed }) : '';
  return [...first, traffic, trouble].filter(Boolean).join(' ');
}

/** What a part did in the last minute, in one sentence. */
export function workOf(part: Part, t: TFunction<'map'>, language: string): string {
  const { facts, calls: count, name } = part;
  const number = (fact: string) => (typeof facts[fact] === 'number' ? (facts[fact] as number) : 0);
  const half = part.p50 === undefined ? '' : ` ${t('work.half', { time: millisecondsText(part.p50, language) })}`;
  // What makes it slow is not the half.
  const slowest = part.state === 'slow' && part.p95 !== undefined ? ` ${t('work.slowest', { time: millisecondsText(part.p95, language) })}` : '';
  const time = half + slowest;
  const trouble = part.errors && !['jobs', 'backups', 'mail'].includes(name) ? ` ${t('work.errors', { count: part.errors })}` : '';
  switch (name) {
    case 'server':
      return t('work.server', { count }) + time + trouble;
    case 'auth':
      return t('work.auth', { count }) + time + trouble;
    case 'rules':
      return t('work.rules', { count }) + (number('refused') ? ` ${t('work.refused', { count: number('refused') })}` : '') + trouble;
    case 'database':
      return t('work.database', { reads: number('reads'), writes: number('writes') }) + time + trouble;
    case 'files':
      return t('work.files', { count }) + time + trouble;
    case 'mail':
      return t('work.mail', { count: number('waiting') }) + (number('failed') ? ` ${t('work.mailFailed', { count: number('failed') })}` : '');
    case 'live':
      return t('work.live', { count: number('streams') });
    case 'jobs':
      return facts.failed ? t('work.jobFailed', { name: facts.failed }) : t('work.jobs', { count: number('jobs') });
    case 'backups': {
      if (facts.backups === null) return t('work.backupsAway');
      if (!count) return t('work.noBackup');
      const last = typeof facts.last === 'string' ? new Date(facts.last.replace(' ', 'T')) : undefined;
      const when = last
        ? ` ${t('work.lastBackup', { when: new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(last) })}`
        : '';
      return t('work.backups', { count }) + when;
    }
  }
}
