import type { Subject, Writer } from '.';
import { shell } from './literals';
import { bodyOf, fileField, type Json, questionOf } from './samples';

const records = ({ base, collection }: Subject) => `${base}/api/collections/${encodeURIComponent(collection.name)}/records`;
const sent = (body: Record<string, Json>) => ` \\\n  -H 'Content-Type: application/json' \\\n  -d ${shell(JSON.stringify(body, null, 2))}`;

/** curl; `$TOKEN` is what a sign-in answers. */
export const curl: Writer = {
  list: (subject) => {
    const { filter, sort } = questionOf(subject.collection);
    return `curl -G ${shell(records(subject))} \\\n  -H "Authorization: $TOKEN" \\\n  --data-urlencode 'perPage=30' \\\n  --data-urlencode ${shell(`sort=${sort}`)} \\\n  --data-urlencode ${shell(`filter=${filter}`)}`;
  },
  view: (subject) => `curl ${shell(`${records(subject)}/RECORD_ID`)} \\\n  -H "Authorization: $TOKEN"`,
  create: (subject) => `curl -X POST ${shell(records(subject))} \\\n  -H "Authorization: $TOKEN"${sent(bodyOf(subject.collection))}`,
  update: (subject) =>
    `curl -X PATCH ${shell(`${records(subject)}/RECORD_ID`)} \\\n  -H "Authorization: $TOKEN"${sent(bodyOf(subject.collection, true))}`,
  delete: (subject) => `curl -X DELETE ${shell(`${records(subject)}/RECORD_ID`)} \\\n  -H "Authorization: $TOKEN"`,
  live: (subject) =>
    `# Prints a clientId, and then what happens.\ncurl -N ${shell(`${subject.base}/api/realtime`)} &\n\ncurl -X POST ${shell(`${subject.base}/api/realtime`)} \\\n  -H "Authorization: $TOKEN"${sent({ clientId: 'CLIENT_ID', subscriptions: [`${subject.collection.name}/*`] })}`,
  signin: (subject) =>
    `curl -X POST ${shell(records(subject).replace(/records$/, 'auth-with-password'))}${sent({ identity: 'ann@example.org', password: 'a long password' })}`,
  files: (subject) =>
    `curl -X PATCH ${shell(`${records(subject)}/RECORD_ID`)} \\\n  -H "Authorization: $TOKEN" \\\n  -F ${shell(`${fileField(subject.collection)?.name ?? 'file'}=@photo.jpg`)}`,
};
