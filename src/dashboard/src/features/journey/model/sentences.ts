import type { TFunction } from 'i18next';
import type { DatabaseStep, LogEntry, RuleStep, Step } from '~/api/journeys';
import { bytesText, millisecondsText } from '~/ui/texts/formats';
import { wishOf } from './address';
import { statementOf } from './statements';
import type { Station } from './stations';

/** What sentences need: the words, their language, and the entry that they tell of. */
export interface Telling {
  t: TFunction<'journey'>;
  language: string;
  entry: LogEntry;
}

// An address of mail keeps its letters as they are.
const capital = (text: string): string => (/^\S+@/.test(text) ? text : text.charAt(0).toLocaleUpperCase() + text.slice(1));
const joined = (...sentences: (string | undefined | false)[]): string => sentences.filter(Boolean).join(' ');
const stepOf = <Name extends Step['step']>(entry: LogEntry, name: Name) =>
  entry.data.journey?.steps.find((step): step is Extract<Step, { step: Name }> => step.step === name);

/** Who asked, as it stands within a sentence. */
export function whoOf({ t, entry }: Telling): string {
  const caller = stepOf(entry, 'caller');
  const collection = caller?.collection ?? entry.data.auth ?? '';
  if (caller?.who === 'key') return caller.name ? t('who.keyNamed', { name: caller.name }) : t('who.key');
  if (caller?.who === 'superuser' || collection === '_superusers')
    return caller?.name ? t('who.superuserNamed', { name: caller.name }) : t('who.superuser');
  if (!collection || caller?.who === 'guest') return t('who.guest');
  return caller?.name || t('who.member', { collection });
}

/** What was wanted, as a title. */
export function titleOf(telling: Telling): string {
  const { t, entry } = telling;
  const { method = '', url = '' } = entry.data;
  if (!method) return entry.message;
  const { kind, collection } = wishOf(method, url);
  return capital(t(`wish.${kind}`, { who: whoOf(telling), collection, path: `${method} ${url.split('?')[0]}` }));
}

/** How it ended, in a sentence. */
export function endOf({ t, language, entry }: Telling): string {
  const { status = 0, execTime = 0, error } = entry.data;
  const took = millisecondsText(execTime, language);
  if (status === 304) return t('ended.unchanged', { took });
  if (status >= 500 || status === 0) return t('ended.failed', { took });
  if (status >= 400) return error ? t('ended.refused', { took, error }) : t('ended.refusedPlain', { took });
  return t(status >= 300 ? 'ended.moved' : 'ended.well', { took });
}

/** The heart of a request for records in one sentence, when it is one. `all`: how many records there are. */
export function leadOf(telling: Telling, all: number | undefined): string | undefined {
  const { t, language, entry } = telling;
  const rule = stepOf(entry, 'rule');
  const page = pageOf(entry);
  if (all === undefined || !rule || rule.action !== 'list' || rule.outcome === 'refused' || page?.rows === undefined) return undefined;
  const took = millisecondsText(page.took + (page.waited ?? 0), language);
  return t(`lead.${rule.outcome}`, { who: whoOf(telling), rows: page.rows, all: Math.max(all, page.rows), collection: rule.collection, took });
}

/** The statement that read the records asked for: the one behind the rule that gave most rows and is no count. */
function pageOf(entry: LogEntry): (DatabaseStep & Step) | undefined {
  const rule = stepOf(entry, 'rule');
  return entry.data.journey?.steps
    .filter((step): step is DatabaseStep & Step => step.step === 'database' && step.kind === 'read' && step.at >= (rule?.at ?? 0))
    .filter(({ sql = '' }) => statementOf(sql).verb === 'select')
    .sort((a, b) => (b.rows ?? 0) - (a.rows ?? 0))[0];
}

/** The sentences of a station, one a step; all but the first few statements of the database are summed up. */
export function sentencesOf(station: Station, telling: Telling): string[] {
  const { t } = telling;
  const told = station.steps.map((step) => sentenceOf(step, telling));
  if (station.more) told.push(t('database.more', { count: station.more }));
  return told;
}

/** One plain sentence, or a few, for one step. */
export function sentenceOf(step: Step, telling: Telling): string {
  const { t, language } = telling;
  const size = (bytes: number | undefined) => (bytes === undefined ? '' : bytesText(bytes, language));
  switch (step.step) {
    case 'caller':
      return callerSentence(step, telling);
    case 'limits':
      if (!step.rule || step.max === undefined) return t('limits.none');
      return step.used === undefined
        ? t('limits.most', { rule: step.rule, max: step.max })
        : t('limits.one', { rule: step.rule, max: step.max, used: step.used });
    case 'body':
      return t(step.kind === 'multipart' ? 'body.multipart' : step.kind === 'form' ? 'body.form' : 'body.json', { size: size(step.bytes) });
    case 'password':
      return t('password');
    case 'rule':
      return ruleSentence(step, telling);
    case 'hooks':
      return step.names?.length ? t('hooks.names', { names: new Intl.ListFormat(language).format(step.names) }) : t('hooks.plain');
    case 'database':
      return databaseSentence(step, telling);
    case 'files':
      return capital(t(`files.${step.action}`, { name: step.name ?? t('files.unnamed'), size: size(step.bytes) })).replace(' ()', '');
    case 'mail':
      return t('mail', { count: step.count });
    case 'live':
      return t('live', { count: step.told });
    case 'answer': {
      const sent = step.bytes ? t('answer.size', { size: size(step.bytes) }) : '';
      if (step.status === 304) return t('answer.unchanged');
      if (step.status >= 500) return t('answer.failed', { status: step.status });
      if (step.status >= 400) return t('answer.refused', { status: step.status });
      return t(step.kept ? 'answer.kept' : 'answer.well', { size: sent });
    }
    default:
      return t('other', { name: (step as { step: string }).step }); // a server newer than this page may know more
  }
}

function callerSentence(step: Extract<Step, { step: 'caller' }>, { t }: Telling): string {
  const collection = step.collection ?? '';
  const name = step.name || t('who.member', { collection });
  const told = {
    guest: () => t('caller.guest'),
    key: () => t('caller.key'),
    superuser: () => t('caller.superuser', { name: step.name || t('who.superuser') }),
    record: () => t('caller.member', { name, collection }),
  }[step.who]();
  return joined(told, step.kept && t('caller.kept'));
}

const actions = ['list', 'view', 'create', 'update', 'delete', 'manage', 'auth'] as const;

function ruleSentence(step: RuleStep, telling: Telling): string {
  const { t } = telling;
  const action = actions.find((one) => one === step.action) ?? 'other';
  const does = t(`does.${action}`, { collection: step.collection });
  const who = whoOf(telling);
  if (step.outcome === 'refused') return step.rule === null ? t('rule.superusers', { does }) : t('rule.refused', { does, who });
  return t(`rule.${step.outcome}`, { does, who });
}

// Tables of Hearth's own, which nobody knows by these names.
const internal = ['_audit', '_sessions', '_authOrigins', '_fileDebts', '_mails', '_apiKeys', '_superusers', '_attempts', '_otps', '_mfas'] as const;

function databaseSentence(step: DatabaseStep & Step, { t, language, entry }: Telling): string {
  const { verb, table: name } = statementOf(step.sql ?? '');
  const known = internal.find((one) => one === name);
  const table = known ? t(`tables.${known}`) : name;
  const caller = stepOf(entry, 'caller');
  const ofCaller = caller && step.kind === 'read' && step.at >= caller.at && step.at + step.took <= caller.at + caller.took;
  const time = (ms: number) => millisecondsText(ms, language);
  const told = () => {
    if (ofCaller) return t('database.account');
    if (verb === 'count') return table ? t('database.count', { table }) : t('database.countPlain');
    if (step.kind === 'read') return table && step.rows !== undefined ? t('database.read', { count: step.rows, table }) : t('database.readPlain');
    if ((verb === 'insert' || verb === 'update' || verb === 'delete') && table && step.changed !== undefined)
      return t(`database.${verb}`, { count: step.changed, table });
    return t('database.write');
  };
  return joined(
    told(),
    step.failed && t('database.failed'),
    t('database.took', { took: time(step.took) }),
    (step.waited ?? 0) >= 1 && t('database.waited', { took: time(step.waited ?? 0) }),
    (step.commit ?? 0) >= 1 && t('database.commit', { took: time(step.commit ?? 0) }),
  );
}
