import type { SameKeys } from '~/i18n/shape';
import type en from './en';

const de: SameKeys<typeof en> = {
  title: 'Anmeldungen',
  hint: 'Wo Menschen angemeldet sind. Eine beendete Anmeldung ist sofort wertlos, auf jedem Knoten.',
  collection: 'Sammlung von Konten',
  all: 'Alle Konten',
  everybody: 'Alle zeigen',
  search: 'Gerät, Adresse oder ID suchen',
  columns: { account: 'Konto', device: 'Gerät', from: 'Von', used: 'Zuletzt benutzt', ends: 'Endet', actions: 'Aktionen' },
  methods: {
    password: 'mit Passwort',
    oauth2: 'über einen Anmeldedienst',
    otp: 'mit einem Einmalcode',
    passkey: 'mit einem Passkey',
    totp: 'mit einer Authentifizierungs-App',
    recovery: 'mit einem Wiederherstellungscode',
  },
  unknown: 'Unbekanntes Gerät',
  this: 'diese',
  emptyTitle: 'Keine Anmeldungen',
  empty: 'Niemand ist angemeldet, oder nichts passt zu Ihrer Suche.',
  ended: 'Die Anmeldung ist beendet.',
  endedAll_one: 'Eine Anmeldung ist beendet.',
  endedAll_other: '{{count}} Anmeldungen sind beendet.',
  end: {
    of: 'Die Anmeldung auf {{device}} beenden',
    title: 'Diese Anmeldung beenden?',
    text: '{{name}} muss sich auf {{device}} neu anmelden.',
    own: 'Das ist Ihre eigene Anmeldung: Sie müssen sich neu anmelden.',
    action: 'Beenden',
  },
  endAll: {
    of: 'Alle Anmeldungen dieses Kontos beenden',
    title: 'Alle Anmeldungen dieses Kontos beenden?',
    text: '{{name}} muss sich überall neu anmelden. Ihre eigene Anmeldung hier bleibt.',
    action: 'Alle beenden',
  },
};

export default de;
