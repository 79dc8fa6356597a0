// The collections that the measured work needs, as Hearth is told them.
import { tags } from './data.mjs';

const text = name => ({ name, type: 'text' });
const dates = [{ name: 'created', type: 'autodate', onCreate: true }, { name: 'updated', type: 'autodate', onCreate: true, onUpdate: true }];
const relation = (name, collectionId) => ({ name, type: 'relation', collectionId, maxSelect: 1 });
const open = { listRule: '', viewRule: '' };

/** Who may list a draft: members of its author. From a draft over its author to the members, one of whom is the caller. */
export const memberRule = 'author.members_via_author.user ?= @request.auth.id';

/** Makes the collections with a function that posts one and gives the answer. */
export async function createCollections(post) {
  const authors = await post({
    name: 'authors', type: 'base', ...open,
    fields: [text('name'), text('bio'), ...dates],
    indexes: ['CREATE INDEX `idx_authors_name` ON `authors` (`name`)'],
  });
  await post({
    name: 'posts', type: 'base', ...open, createRule: '', updateRule: '',
    fields: [
      { ...text('title'), required: true }, text('body'), { name: 'views', type: 'number' }, relation('author', authors.id),
      { name: 'tags', type: 'select', values: tags, maxSelect: 3 }, { name: 'published', type: 'bool' }, ...dates,
    ],
    indexes: ['CREATE INDEX `idx_posts_views` ON `posts` (`views`)', 'CREATE INDEX `idx_posts_author` ON `posts` (`author`, `views`)'],
  });
  await post({
    name: 'members', type: 'base',
    fields: [relation('user', '_pb_users_auth_'), relation('author', authors.id)],
    indexes: ['CREATE UNIQUE INDEX `idx_members_author_user` ON `members` (`author`, `user`)'],
  });
  await post({
    name: 'drafts', type: 'base', listRule: memberRule, viewRule: memberRule,
    fields: [text('title'), text('body'), { name: 'views', type: 'number' }, relation('author', authors.id), ...dates],
    indexes: ['CREATE INDEX `idx_drafts_views` ON `drafts` (`views`)', 'CREATE INDEX `idx_drafts_author` ON `drafts` (`author`)'],
  });
}
