import type { SameKeys } from '~/i18n/shape';
import type en from './en';

const de: SameKeys<typeof en> = {
  title: 'E-Mails',
  hint: 'Was die App an Menschen schickt, und was daraus geworden ist.',
  settings: 'Absender, Server und Probemail',
  states: { all: 'Alle', waiting: 'Wartet', sent: 'Gesendet', failed: 'Gescheitert', unneeded: 'Nicht nötig' },
  kinds: {
    verification: 'Adresse bestätigen',
    passwordReset: 'Neues Passwort',
    emailChange: 'Neue Adresse',
    otp: 'Einmalcode',
    alert: 'Anmeldung von einem neuen Ort',
    message: 'E-Mail der App',
  },
  columns: { to: 'An', what: 'Was', state: 'Stand', ordered: 'Aufgegeben', actions: 'Aktionen' },
  queue: {
    tab: 'Unterwegs',
    state: 'Stand der E-Mails',
    search: 'Adresse oder Betreff suchen',
    emptyTitle: 'Keine E-Mails',
    empty:
      'E-Mails erscheinen hier, wenn sich jemand anmeldet, ein neues Passwort oder einen Code verlangt. Gesendete bleiben 3 Tage, gescheiterte 30.',
    noneFit: 'Keine E-Mail passt zu Ihrer Suche.',
    again_one: 'Einmal versucht, wieder',
    again_other: '{{count}}-mal versucht, wieder',
    removed: 'Der Eintrag ist entfernt.',
    callOff: 'Diese E-Mail zurückhalten?',
    callOffOf: 'Die E-Mail an {{to}} zurückhalten',
    callOffText: 'Die E-Mail an {{to}} wird dann nicht gesendet.',
    callOffAction: 'Zurückhalten',
    forget: 'Diesen Eintrag entfernen?',
    forgetOf: 'Den Eintrag der E-Mail an {{to}} entfernen',
    forgetText: 'Nur der Vermerk über die E-Mail an {{to}} verschwindet; die E-Mail selbst bleibt, wie sie ist.',
    forgetAction: 'Eintrag entfernen',
  },
  outbox: {
    tab_one: 'Postausgang ({{count}})',
    tab_other: 'Postausgang ({{count}})',
    hint: 'Der Server läuft mit --dev: E-Mails bleiben auf dieser Maschine. Die neuesten 200 werden aufgehoben.',
    list: 'E-Mails im Postausgang',
    emptyTitle: 'Der Postausgang ist leer',
    empty: 'Der Server läuft mit --dev, darum bleiben E-Mails hier, statt gesendet zu werden. Senden Sie in den Einstellungen eine Probemail.',
    noSubject: 'Ohne Betreff',
    clear: 'Postausgang leeren',
    clearText_one: 'Eine E-Mail wird von dieser Maschine entfernt.',
    clearText_other: '{{count}} E-Mails werden von dieser Maschine entfernt.',
    clearAction: 'Entfernen',
    cleared: 'Der Postausgang ist leer.',
  },
  mail: {
    to: 'An {{to}}',
    form: 'Wie die E-Mail gezeigt wird',
    seen: 'Ansicht',
    text: 'Nur Text',
    source: 'HTML',
    body: 'Die E-Mail, wie sie ankommt',
    remote_one: 'Ein Bild von einem anderen Server wird nicht geladen.',
    remote_other: '{{count}} Bilder von anderen Servern werden nicht geladen.',
  },
};

export default de;
