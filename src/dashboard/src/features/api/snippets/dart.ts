import type { Subject, Writer } from '.';
import { literal } from './literals';
import { bodyOf, fileField, questionOf } from './samples';

const start = ({ base }: Subject, more = '') => `import 'package:pocketbase/pocketbase.dart';\n${more}\nfinal pb = PocketBase('${base}');\n\n`;
const of = ({ collection }: Subject) => `pb.collection(${literal(collection.name, 'dart')})`;

/** Dart with the official SDK. */
export const dart: Writer = {
  list: (subject) => {
    const { filter, sort } = questionOf(subject.collection);
    return `${start(subject)}final page = await ${of(subject)}.getList(\n  page: 1,\n  perPage: 30,\n  filter: ${literal(filter, 'dart')},\n  sort: ${literal(sort, 'dart')},\n);\n\nfor (final record in page.items) {\n  print(record.id);\n}`;
  },
  view: (subject) => `${start(subject)}final record = await ${of(subject)}.getOne('RECORD_ID');`,
  create: (subject) => `${start(subject)}final record = await ${of(subject)}.create(body: ${literal(bodyOf(subject.collection), 'dart')});`,
  update: (subject) =>
    `${start(subject)}final record = await ${of(subject)}.update('RECORD_ID', body: ${literal(bodyOf(subject.collection, true), 'dart')});`,
  delete: (subject) => `${start(subject)}await ${of(subject)}.delete('RECORD_ID');`,
  live: (subject) =>
    `${start(subject)}// '*' for all records, or the id of one.\nfinal stop = await ${of(subject)}.subscribe('*', (e) {\n  print('\${e.action} \${e.record?.id}');\n});\n\n// When it is no longer needed:\nawait stop();`,
  signin: (subject) =>
    `${start(subject)}final signedIn = await ${of(subject)}.authWithPassword('ann@example.org', 'a long password');\n\n// From here on the token goes along with every request.\nprint(signedIn.record.id);`,
  files: (subject) => {
    const name = fileField(subject.collection)?.name ?? 'file';
    return `${start(subject, "import 'package:http/http.dart' as http;\n")}final record = await ${of(subject)}.update(\n  'RECORD_ID',\n  files: [await http.MultipartFile.fromPath('${name}', 'photo.jpg')],\n);\n\nfinal address = pb.files.getURL(record, record.getListValue<String>('${name}').first);`;
  },
};
