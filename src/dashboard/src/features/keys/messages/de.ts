import type { SameKeys } from '~/i18n/shape';
import type en from './en';

const de: SameKeys<typeof en> = {
  title: 'API-Schlüssel',
  hint: 'Für Programme: Ein Schlüssel handelt für ein Konto und darf nur, was ihm erlaubt wurde.',
  columns: {
    name: 'Name',
    account: 'Handelt für',
    may: 'Darf',
    expires: 'Endet',
    used: 'Zuletzt benutzt',
    actions: 'Aktionen',
    collection: 'Sammlung',
  },
  actions: { list: 'auflisten', view: 'ansehen', create: 'anlegen', update: 'ändern', delete: 'löschen' },
  any: 'alle außer Systemsammlungen',
  lasts: 'nie',
  over: 'vorbei',
  ended: '{{name}} ist beendet.',
  end: {
    of: 'Den Schlüssel {{name}} beenden',
    title: 'Diesen Schlüssel beenden?',
    text: 'Programme mit „{{name}}“ werden ab jetzt abgewiesen. Derselbe Schlüssel lässt sich nicht noch einmal anlegen.',
    action: 'Schlüssel beenden',
  },
  emptyTitle: 'Noch keine Schlüssel',
  empty: 'Legen Sie einen an für ein Programm, das von selbst liest oder schreibt, etwa einen Sensor oder ein nächtliches Skript.',
  off: {
    title: 'Für Ihr Konto sind Schlüssel aus',
    text: 'Konten aus {{collection}} dürfen noch keine Schlüssel haben. Schalten Sie sie ein, um einen anzulegen.',
    action: 'Schlüssel einschalten',
  },
  allowed: {
    title: 'Wessen Konten Schlüssel haben dürfen',
    hint: 'Konten legen ihre Schlüssel über die API an. Solange es aus ist, bewirken die Schlüssel einer Sammlung nichts.',
    turnedOn: 'Konten aus {{name}} dürfen jetzt Schlüssel haben.',
    turnedOff: 'Schlüssel aus {{name}} bewirken jetzt nichts.',
  },
  new: {
    open: 'Neuer Schlüssel',
    title: 'Neuer API-Schlüssel',
    text: 'Der Schlüssel handelt für Sie. Für Superuser gelten keine Regeln; erlauben Sie also nur, was das Programm braucht.',
    name: 'Name',
    placeholder: 'Wetterroboter',
    expires: 'Endet',
    scope: 'Was er mit Datensätzen darf',
    scopeHint: 'Bedenken Sie die Folgen: Wer Konten ändern darf, kann ihre Passwörter setzen.',
    tick: '{{action}} in {{collection}}',
    routes: 'Andere Routen',
    routesHint: 'Was nicht Datensätze betrifft, wird abgewiesen, wenn es hier nicht genannt ist.',
    password: 'Ihr Passwort',
    passwordHint: 'Ihre Anmeldung ist älter als zehn Minuten, darum will der Server wissen, dass Sie es sind.',
    cancel: 'Abbrechen',
    action: 'Schlüssel anlegen',
  },
  made: {
    title: 'Ihr neuer Schlüssel',
    text: 'Kopieren Sie ihn jetzt: Er wird nur dieses eine Mal gezeigt. Der Server behält nur seinen Hash.',
    copy: 'Schlüssel kopieren',
    use: 'Ein Programm schickt ihn überall, wo ein Token stehen könnte:',
    done: 'Ich habe ihn',
  },
};

export default de;
