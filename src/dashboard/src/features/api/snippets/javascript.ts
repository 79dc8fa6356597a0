import type { Subject, Writer } from '.';
import { literal } from './literals';
import { bodyOf, fileField, questionOf } from './samples';

const start = ({ base }: Subject) => `import PocketBase from 'pocketbase';\n\nconst pb = new PocketBase('${base}');\n\n`;
const of = ({ collection }: Subject) => `pb.collection(${literal(collection.name, 'js')})`;

/** JavaScript with the official SDK. */
export const javascript: Writer = {
  list: (subject) => {
    const { filter, sort } = questionOf(subject.collection);
    return `${start(subject)}const page = await ${of(subject)}.getList(1, 30, ${literal({ filter, sort }, 'js')});\n\nfor (const record of page.items) console.log(record.id);`;
  },
  view: (subject) => `${start(subject)}const record = await ${of(subject)}.getOne('RECORD_ID');`,
  create: (subject) => `${start(subject)}const record = await ${of(subject)}.create(${literal(bodyOf(subject.collection), 'js')});`,
  update: (subject) =>
    `${start(subject)}const record = await ${of(subject)}.update('RECORD_ID', ${literal(bodyOf(subject.collection, true), 'js')});`,
  delete: (subject) => `${start(subject)}await ${of(subject)}.delete('RECORD_ID');`,
  live: (subject) =>
    `${start(subject)}// '*' for all records, or the id of one.\nconst stop = await ${of(subject)}.subscribe('*', ({ action, record }) => {\n  console.log(action, record.id);\n});\n\n// When it is no longer needed:\nawait stop();`,
  signin: (subject) =>
    `${start(subject)}const { token, record } = await ${of(subject)}.authWithPassword('ann@example.org', 'a long password');\n\n// From here on the token goes along with every request.\nconsole.log(pb.authStore.isValid, record.id);`,
  files: (subject) => {
    const name = fileField(subject.collection)?.name ?? 'file';
    return `${start(subject)}const record = await ${of(subject)}.update('RECORD_ID', {\n  ${name}: document.querySelector('input[type=file]').files[0],\n});\n\nconst address = pb.files.getURL(record, [record.${name}].flat()[0]);`;
  },
};
