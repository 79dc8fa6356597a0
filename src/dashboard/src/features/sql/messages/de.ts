import type { SameKeys } from '~/i18n/shape';
import type en from './en';

const de: SameKeys<typeof en> = {
  title: 'SQL-Konsole',
  hint: 'Sieht in die Datenbank, in deren eigener Sprache. Sie kennt keine Regeln und zeigt alles, auch Hashes; jede Benutzung steht im Protokoll.',
  editor: 'SQL',
  run: 'Ausführen',
  running: 'Die Datenbank arbeitet …',
  allow: 'Änderungen erlauben',
  allowHint: 'Aus: Nur was liest, wird gesendet.',
  held: {
    title: 'Das ändert etwas',
    text: 'Änderungen sind hier noch nicht erlaubt. Datensätze, die so geändert werden, umgehen Regeln, Hooks und Live-Nachrichten.',
    action: 'Änderungen erlauben und ausführen',
  },
  ask: {
    title: 'Die Datenbank ändern?',
    text: 'Die Anweisungen laufen in einer Transaktion, alle oder keine. Regeln, Hooks und Live-Nachrichten wirken nicht mit, und nichts hier nimmt es zurück. Eine Sicherung davor kann das.',
    action: 'Ändern',
  },
  result: 'Ergebnis',
  none: 'Keine Zeilen.',
  rows_one: 'Eine Zeile in {{took}}.',
  rows_other: '{{count}} Zeilen in {{took}}.',
  cut: 'Der Server gibt die ersten {{count}}.',
  changed_one: 'Eine Zeile geändert in {{took}}.',
  changed_other: '{{count}} Zeilen geändert in {{took}}.',
  whole: 'Ganze Texte',
  copy: 'Als CSV kopieren',
  history: {
    title: 'Zuletzt ausgeführt',
    none: 'Was Sie ausführen, erscheint hier, nur in diesem Browser.',
    forget: 'Alles vergessen',
    failed: 'gescheitert',
  },
};

export default de;
