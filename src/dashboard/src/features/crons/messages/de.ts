import type { SameKeys } from '~/i18n/shape';
import type en from './en';

const de: SameKeys<typeof en> = {
  title: 'Zeitpläne',
  hint: 'Was zu bestimmten Minuten von selbst geschieht. Bei mehreren Knoten tut es einer von ihnen.',
  columns: { job: 'Aufgabe', when: 'Wann', last: 'Letzter Lauf', next: 'Als Nächstes', actions: 'Aktionen' },
  own: 'Ihre App',
  run: 'Jetzt ausführen: {{id}}',
  runShort: 'Jetzt ausführen',
  begun: '{{id}} hat begonnen. Wie es ausging, steht hier, sobald es zu Ende ist.',
  failed: 'fehlgeschlagen',
  took: 'dauerte {{time}}',
  noneOwn: 'Ihre App hat noch keine eigenen Aufgaben. Sie kommen im Code dazu: builder.Services.AddHearth().AddJob(…).',
  purposes: {
    audit: 'Alte Einträge des Protokolls entfernen',
    files: 'Dateien mit Datensätzen vergleichen',
    mails: 'Alte E-Mails entfernen',
    sessions: 'Beendete Anmeldungen entfernen',
    tries: 'Gezählte Versuche vergessen',
    backup: 'Sicherung anlegen',
    optimize: 'Die Datenbank schnell halten',
    logs: 'Alte Aufzeichnungen entfernen',
    factors: 'Abgelaufene erste Faktoren entfernen',
    codes: 'Abgelaufene Einmalcodes entfernen',
  },
};

export default de;
