import type { SameKeys } from '~/i18n/shape';
import type en from './en';

const de: SameKeys<typeof en> = {
  title: 'Untersuchung',
  hint: 'Was man für den Betrieb wissen sollte: Versionen, Orte, Dateien, Einstellungen und Regeln, die nicht sicher sind. Das Nachsehen ändert nichts.',
  again: 'Noch einmal nachsehen',
  compare: 'Dateien jetzt vergleichen',
  comparing: 'Dateien und Datensätze werden verglichen …',
  compared: 'Dateien und Datensätze sind verglichen.',
  open: 'Seite öffnen',
  summary: {
    well: 'Alles ist gut.',
    warnings_one: 'Nichts ist kaputt; eine Sache verdient einen Blick.',
    warnings_other: 'Nichts ist kaputt; {{count}} Dinge verdienen einen Blick.',
    problems_one: 'Eine Sache geht nicht oder ist nicht sicher.',
    problems_other: '{{count}} Dinge gehen nicht oder sind nicht sicher.',
  },
  gravities: { problem: 'Geht nicht oder ist nicht sicher', warning: 'Einen Blick wert', fact: 'Gut zu wissen', good: 'In Ordnung' },
  areas: { program: 'Programm', database: 'Datenbank', files: 'Dateien', settings: 'Einstellungen', rules: 'Regeln' },
};

export default de;
