import type { SameKeys } from '../shape';
import type en from './en';

const de: SameKeys<typeof en> = {
  nav: {
    label: 'Hauptnavigation',
    menu: 'Navigation öffnen oder schließen',
    groups: { work: 'Daten', insight: 'Hineinsehen', run: 'Betrieb' },
    home: 'Übersicht',
    collections: 'Sammlungen',
    api: 'API',
    map: 'Live-Karte',
    logs: 'Anfragen',
    audit: 'Protokoll',
    doctor: 'Untersuchung',
    mails: 'E-Mails',
    backups: 'Sicherungen',
    crons: 'Zeitpläne',
    sql: 'SQL-Konsole',
    sessions: 'Anmeldungen',
    keys: 'API-Schlüssel',
    settings: 'Einstellungen',
  },
  actions: {
    save: 'Speichern',
    cancel: 'Abbrechen',
    delete: 'Löschen',
    retry: 'Noch einmal',
    copy: 'Kopieren',
    copied: 'Kopiert',
    close: 'Schließen',
    search: 'Suchen',
    refresh: 'Neu laden',
    create: 'Anlegen',
    edit: 'Bearbeiten',
    download: 'Herunterladen',
    upload: 'Hochladen',
    back: 'Zurück',
    more: 'Weitere Aktionen',
  },
  states: {
    loading: 'Wird geladen',
    failed: 'Das hat nicht geklappt',
    offline: 'Der Server antwortet nicht',
    offlineHint: 'Vielleicht startet er gerade neu, oder die Verbindung fehlt. Nichts von Ihrer Eingabe ist verloren.',
  },
  confirm: { type: 'Zum Fortfahren {{name}} eingeben' },
  preferences: { scheme: 'Hell oder dunkel', light: 'Hell', dark: 'Dunkel', auto: 'Wie das System', language: 'Sprache' },
  restore: {
    file: 'Sicherung (.zip)',
    choose: 'Datei wählen',
    go: 'Diese Sicherung zurückholen',
    busy: 'Die Sicherung wird hochgeladen und eingesetzt. Bitte lassen Sie diese Seite offen.',
  },
  connection: {
    lost: 'Der Server antwortet nicht.',
    lostHint: 'Neuer Versuch läuft. Nichts von Ihrer Eingabe ist verloren.',
    back: 'Der Server ist wieder da.',
  },
  account: { menu: 'Ihr Konto', own: 'Konto und Sicherheit', signOut: 'Abmelden' },
};

export default de;
