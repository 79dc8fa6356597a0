import type { SameKeys } from '~/i18n/shape';
import type en from './en';

const de: SameKeys<typeof en> = {
  title: 'Datensätze',
  hint: {
    base: 'Alle Datensätze dieser Sammlung.',
    auth: 'Die Konten dieser Sammlung.',
    view: 'Was diese Sicht aus anderen Sammlungen liest. Hier lässt es sich nicht ändern.',
  },
  missing: { title: 'Es gibt keine Sammlung „{{name}}“', text: 'Vielleicht wurde sie umbenannt oder gelöscht.', action: 'Alle Sammlungen' },
  actions: { add: 'Neuer Datensatz', schema: 'Felder und Regeln', api: 'API', import: 'Einlesen', export: 'Ausgeben', more: 'Mehr' },
  live: { short: 'Live', on: 'Live: Änderungen anderer erscheinen sofort', off: 'Nicht live' },
  grid: {
    label: 'Datensätze von {{name}}',
    sort: 'Nach dieser Spalte ordnen',
    select: '{{id}} auswählen',
    open: '{{id}} öffnen',
    selectPage: 'Alle auf dieser Seite auswählen',
    emptyTitle: 'Noch keine Datensätze',
    emptyText: 'Legen Sie hier den ersten an, lesen Sie eine Datei ein oder senden Sie einen über die API.',
    emptyView: 'Diese Sicht findet zurzeit nichts.',
    noneTitle: 'Nichts gefunden',
    noneText: 'Kein Datensatz passt zu dieser Suche und diesem Filter.',
    beyondTitle: 'Diese Seite gibt es nicht',
    beyondText: 'Es sind weniger Datensätze da, als diese Seite bräuchte. Gehen Sie zur ersten Seite.',
    clear: 'Suche und Filter leeren',
    keys: 'Pfeiltasten bewegen, Eingabe bearbeitet, Leertaste wählt aus, Strg+Eingabe öffnet den Datensatz, Strg+Bild ab blättert.',
  },
  cells: { yes: 'Ja', no: 'Nein' },
  inputs: {
    cell: 'Neuer Wert von {{field}}',
    lat: 'Breite',
    lon: 'Länge',
    nothingFound: 'Nichts gefunden',
    overtaken: 'Jemand anderes hat diesen Wert eben geändert. Eingabe speichert Ihren, Escape behält den anderen.',
    notStored: '{{field}} wurde nicht gespeichert',
    badJson: 'Das ist kein gültiges JSON.',
  },
  bar: {
    search: 'Suche',
    searchHint: 'In allen Texten suchen',
    filter: 'Filter',
    filterHint: 'Filter, etwa created > "2026-01-01"',
    apply: 'Anwenden',
    clear: 'Filter leeren',
  },
  pager: {
    label: 'Seiten',
    range: '{{from}}–{{to}}',
    rangeOf: '{{from}}–{{to}} von {{total}}',
    first: 'Erste Seite',
    previous: 'Vorige Seite',
    next: 'Nächste Seite',
    last: 'Letzte Seite',
    page: 'Seite',
    of: 'von {{pages}}',
    perPage: '{{size}} je Seite',
    size: 'Datensätze je Seite',
  },
  columns: { button: 'Spalten', title: 'Spalten', reset: 'Wie zu Anfang', move: '{{name}} verschieben' },
};

export default de;
