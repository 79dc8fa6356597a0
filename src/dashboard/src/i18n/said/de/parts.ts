import type { Phrase } from '../phrases';

/** Numbers of things, and other pieces of sentences. */
export const parts: readonly Phrase[] = [
  ['{{n}} record', '{{n}} Datensatz'],
  ['{{n}} records', '{{n}} Datensätzen'],
  ['{{n}} field', '{{n}} Feld'],
  ['{{n}} fields', '{{n}} Feldern'],
  ['{{n}} sign-in link, code or place', '{{n}} Verknüpfung, Code oder Ort der Anmeldung'],
  ['{{n}} sign-in links, codes and places', '{{n}} Verknüpfungen, Codes und Orte der Anmeldung'],
  ['{{n}} file', '{{n}} Datei'],
  ['{{n}} files', '{{n}} Dateien'],
  ['{{n}} stored file', '{{n}} gespeicherte Datei'],
  ['{{n}} stored files', '{{n}} gespeicherte Dateien'],
  ['Files', 'Dateien'],
  ['Backups', 'Sicherungen'],
  ['change', 'ändern'],
  ['remove', 'löschen'],
  ['change and remove', 'ändern und löschen'],
  ['a field', 'ein Feld'],
  ['field', 'ein Feld'],
  ['select, file or relation field', 'ein Auswahl-, Datei- oder Relationsfeld'],
  ['&& or ||', '&& oder ||'],
  ['an operator such as =', 'ein Vergleichszeichen wie ='],
  ['a name, a number or a text', 'ein Name, eine Zahl oder ein Text'],
  [', or )', ', oder )'],
];
