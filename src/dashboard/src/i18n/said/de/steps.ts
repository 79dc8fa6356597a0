import type { Phrase } from '../phrases';

/** The steps of a plan of a schema change. */
export const steps: readonly Phrase[] = [
  ['Make the collection {{name}} with {{part}}.', 'Die Sammlung {{name}} mit {{part}} anlegen.'],
  ['Delete the collection {{name}} with {{part}}.', 'Die Sammlung {{name}} mit {{part}} löschen.'],
  [
    'Delete the collection {{name}} with {{part}}, and {{partTied}} of its accounts.',
    'Die Sammlung {{name}} mit {{part}} löschen, dazu {{partTied}} ihrer Konten.',
  ],
  ['Rename the collection {{from}} to {{to}}; its records stay.', 'Die Sammlung {{from}} in {{to}} umbenennen; ihre Datensätze bleiben.'],
  ['Add the field {{name}} to {{collection}}; it is empty in {{part}}.', 'Das Feld {{name}} zu {{collection}} hinzufügen; es ist in {{part}} leer.'],
  [
    'Delete the field {{name}} of {{collection}}; {{n}} record with a value in it would lose it.',
    'Das Feld {{name}} von {{collection}} löschen; {{n}} Datensatz mit einem Wert darin verlöre ihn.',
  ],
  [
    'Delete the field {{name}} of {{collection}}; {{n}} records with a value in it would lose it.',
    'Das Feld {{name}} von {{collection}} löschen; {{n}} Datensätze mit einem Wert darin verlören ihn.',
  ],
  [
    'Rename the field {{from}} of {{collection}} to {{to}}; its values stay.',
    'Das Feld {{from}} von {{collection}} in {{to}} umbenennen; seine Werte bleiben.',
  ],
  [
    'Let the field {{name}} of {{collection}} hold several values; a value becomes a list of one.',
    'Das Feld {{name}} von {{collection}} mehrere Werte fassen lassen; aus einem Wert wird eine Liste mit einem.',
  ],
  [
    'Let the field {{name}} of {{collection}} hold a single value; {{n}} record with more keep only the last.',
    'Das Feld {{name}} von {{collection}} nur einen Wert fassen lassen; {{n}} Datensatz mit mehreren behält nur den letzten.',
  ],
  [
    'Let the field {{name}} of {{collection}} hold a single value; {{n}} records with more keep only the last.',
    'Das Feld {{name}} von {{collection}} nur einen Wert fassen lassen; {{n}} Datensätze mit mehreren behalten nur den letzten.',
  ],
  ['Make the index {{name}} on {{collection}}.', 'Den Index {{name}} über {{collection}} anlegen.'],
  ['Make the unique index {{name}} on {{collection}}.', 'Den eindeutigen Index {{name}} über {{collection}} anlegen.'],
  ['Remove the index {{name}} of {{collection}}.', 'Den Index {{name}} von {{collection}} entfernen.'],
  ['Make the view {{name}}.', 'Die Sicht {{name}} anlegen.'],
  ['Make the view {{name}} anew; its query is now: {{query}}', 'Die Sicht {{name}} neu anlegen; ihre Abfrage lautet jetzt: {{query}}'],
  ['Read {{name}} from the form before version 0.23: its query.', '{{name}} aus der Form vor Version 0.23 gelesen: die Abfrage.'],
  [
    'Read {{name}} from the form before version 0.23: {{n}} field of its schema.',
    '{{name}} aus der Form vor Version 0.23 gelesen: {{n}} Feld aus „schema“.',
  ],
  [
    'Read {{name}} from the form before version 0.23: {{n}} fields of its schema.',
    '{{name}} aus der Form vor Version 0.23 gelesen: {{n}} Felder aus „schema“.',
  ],
  [
    'Read {{name}} from the form before version 0.23: {{n}} field of its schema, and how its accounts sign in.',
    '{{name}} aus der Form vor Version 0.23 gelesen: {{n}} Feld aus „schema“, und wie sich Konten anmelden.',
  ],
  [
    'Read {{name}} from the form before version 0.23: {{n}} fields of its schema, and how its accounts sign in.',
    '{{name}} aus der Form vor Version 0.23 gelesen: {{n}} Felder aus „schema“, und wie sich Konten anmelden.',
  ],
  [
    'The field {{field}} refers to {{name}}, which is called {{id}} in the file.',
    'Das Feld {{field}} verweist auf {{name}}; in der Datei heißt sie {{id}}.',
  ],
  ['Remove the view {{name}}; a view holds no records of its own.', 'Die Sicht {{name}} entfernen; eine Sicht hat keine eigenen Datensätze.'],
  ['Save the definition of {{name}}: its rules, options and fields.', 'Die Beschreibung von {{name}} speichern: Regeln, Optionen und Felder.'],
];
