import { own, sampleId, type Template, times } from './template';

const post = (number: number, category: number, title: string, summary: string, tags: string[], published = true) => ({
  id: sampleId('post', number),
  title,
  slug: title.toLowerCase().replaceAll(' ', '-'),
  summary,
  body: `<p>${summary}</p><p>Write as much as you like here.</p>`,
  category: sampleId('category', category),
  tags,
  published,
});

/** Posts by authors, in categories, with comments. */
export const blog: Template = {
  collections: [
    {
      name: 'categories',
      listRule: '',
      viewRule: '',
      createRule: null,
      updateRule: null,
      deleteRule: null,
      unique: ['name'],
      fields: [{ name: 'name', type: 'text', required: true, presentable: true, max: 80 }, { name: 'description', type: 'text' }, ...times],
    },
    {
      name: 'posts',
      listRule: `published = true || (${own('author')})`,
      viewRule: `published = true || (${own('author')})`,
      createRule: own('author'),
      updateRule: own('author'),
      deleteRule: own('author'),
      unique: ['slug'],
      fields: [
        { name: 'title', type: 'text', required: true, presentable: true, max: 200 },
        { name: 'slug', type: 'text', required: true, pattern: '^[a-z0-9-]+$', max: 200 },
        { name: 'summary', type: 'text', max: 400 },
        { name: 'body', type: 'editor' },
        { name: 'cover', type: 'file', maxSelect: 1, maxSize: 10485760, mimeTypes: ['image/jpeg', 'image/png', 'image/webp'], thumbs: ['640x360'] },
        { name: 'category', type: 'relation', to: 'categories', maxSelect: 1 },
        { name: 'author', type: 'relation', to: 'users', maxSelect: 1 },
        { name: 'tags', type: 'select', maxSelect: 4, values: ['news', 'guide', 'story', 'release'] },
        { name: 'published', type: 'bool' },
        ...times,
      ],
    },
    {
      name: 'comments',
      listRule: '',
      viewRule: '',
      createRule: own('author'),
      updateRule: own('author'),
      deleteRule: own('author'),
      fields: [
        { name: 'post', type: 'relation', to: 'posts', maxSelect: 1, required: true, cascadeDelete: true },
        { name: 'author', type: 'relation', to: 'users', maxSelect: 1 },
        { name: 'text', type: 'text', required: true, presentable: true, max: 2000 },
        ...times,
      ],
    },
  ],
  records: [
    {
      collection: 'categories',
      items: [
        { id: sampleId('category', 1), name: 'From the kitchen', description: 'What we cooked and what went wrong.' },
        { id: sampleId('category', 2), name: 'On the road', description: 'Trips by train, bike and on foot.' },
      ],
    },
    {
      collection: 'posts',
      items: [
        post(1, 1, 'Bread without a plan', 'Four ingredients, one night, no scales.', ['guide']),
        post(2, 2, 'Six hours on a slow train', 'Why the long way round was the good one.', ['story']),
        post(3, 1, 'Soup for eleven', 'A pot that never gets empty.', ['guide', 'story']),
        post(4, 2, 'Rain on the pass', 'Still a draft: only its author and superusers see it.', ['story'], false),
      ],
    },
    {
      collection: 'comments',
      items: [
        { id: sampleId('comment', 1), post: sampleId('post', 1), text: 'Mine came out flat, and was gone in an hour.' },
        { id: sampleId('comment', 2), post: sampleId('post', 2), text: 'Left or right window?' },
      ],
    },
  ],
};
