import type { SameKeys } from '~/i18n/shape';
import type en from './en';

const de: SameKeys<typeof en> = {
  title: 'Anfragen',
  hint: 'Was dieser Server gefragt wurde und wie er geantwortet hat. Öffnen Sie eine Anfrage, um ihren Weg zu sehen.',
  live: 'Live',
  others: 'Ohne Superuser',
  guest: 'Gast',
  server: 'Server',
  hasJourney: 'Ihr Weg ist aufgezeichnet',
  count_one: '{{shown}} Anfrage',
  count_other: '{{shown}} Anfragen',
  columns: { time: 'Zeit', request: 'Anfrage', who: 'Wer', status: 'Status', took: 'Dauer' },
  filter: {
    label: 'Suchen oder filtern',
    wrong: 'Diesen Filter versteht das Protokoll nicht. Prüfen Sie die Namen der Felder und die Anführungszeichen.',
    placeholder: 'Wörter oder ein Filter wie data.status = 404',
  },
  kind: { label: 'Welche Anfragen', all: 'Alle', well: 'Gut', refused: 'Abgelehnt', failed: 'Fehler', slow: 'Langsam', journeys: 'Mit Weg' },
  span: { label: 'Wie weit zurück', hour: '1 Stunde', day: '24 Stunden', week: '7 Tage' },
  zoom: { leave: 'Diesen Zeitraum verlassen' },
  chart: {
    label: 'Anfragen über die Zeit. Wählen Sie einen Balken, um genauer hinzusehen.',
    hint: 'Balken wählen, um genauer hinzusehen',
    all_one: '{{count}} Anfrage, {{refused}} abgelehnt, {{failed}} mit Fehler',
    all_other: '{{count}} Anfragen, {{refused}} abgelehnt, {{failed}} mit Fehler',
  },
  empty: {
    title: 'Keine Anfragen',
    text: 'Sobald jemand diesen Server benutzt, erscheint hier, was gefragt wurde.',
    filtered: 'Nichts passt zu dieser Auswahl. Versuchen Sie einen längeren Zeitraum oder weniger Bedingungen.',
  },
  pages: { first: 'Erste Seite', previous: 'Vorige Seite', next: 'Nächste Seite', last: 'Letzte Seite', item: 'Seite {{page}}' },
};

export default de;
