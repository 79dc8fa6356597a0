import type { SameKeys } from '~/i18n/shape';
import type en from './en';

const de: SameKeys<typeof en> = {
  modes: { nobody: 'Nur Superuser', everybody: 'Alle', rule: 'Regel' },
  readings: { everyAccount: 'Jedes Konto.', noAccount: 'Kein Konto.', accounts: 'Nur Konten, bei denen {{clause}}.' },
  write: 'Schreiben Sie, wer darf, etwa author = @request.auth.id. Strg+Leertaste zeigt, was hier stehen kann.',
  placeholder: 'author = @request.auth.id',
  kinds: {
    text: 'Text',
    editor: 'Formatierter Text',
    number: 'Zahl',
    bool: 'Ja oder nein',
    email: 'E-Mail',
    url: 'Webadresse',
    date: 'Datum',
    autodate: 'Automatisches Datum',
    select: 'Auswahl',
    file: 'Datei',
    relation: 'Verweis',
    json: 'JSON',
    geoPoint: 'Ort',
    password: 'Passwort',
    account: 'Wer fragt',
    body: 'Was gesendet wird',
    query: 'Parameter der Adresse',
    headers: 'Kopfzeilen',
    request: 'Die Anfrage',
    collection: 'Sammlung',
    now: 'Zeit',
    value: 'Wert',
    function: 'Funktion',
    modifier: 'Zusatz',
    operator: '',
  },
};

export default de;
