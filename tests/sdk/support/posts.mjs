// One small data set for everything about reading: posts with tags, authors, comments and details.
// Short names (`p1`) become record ids with `id()`.
import { id } from './expect.mjs';

const open = { listRule: '', viewRule: '', createRule: null, updateRule: null, deleteRule: null };
const many = (name, type, more = {}) => ({ name, type, maxSelect: 5, ...more });
const autodates = [{ name: 'created', type: 'autodate', onCreate: true }, { name: 'updated', type: 'autodate', onCreate: true, onUpdate: true }];

export async function fillPosts(pb) {
  const made = {};
  const make = async (name, fields, more = {}) => {
    made[name] = await pb.collections.create({ name, type: 'base', ...open, fields, ...more });
  };
  await make('tags', [{ name: 'name', type: 'text' }, { name: 'weight', type: 'number' }]);
  await make('people', [{ name: 'name', type: 'text' }]);
  await pb.collections.update('people', { fields: [...made.people.fields, { name: 'boss', type: 'relation', collectionId: made.people.id, maxSelect: 1 }] });
  await make('posts', [
    { name: 'title', type: 'text' },
    { name: 'note', type: 'text' },
    { name: 'code', type: 'text' },
    { name: 'secret', type: 'text', hidden: true },
    { name: 'views', type: 'number' },
    { name: 'pinned', type: 'bool' },
    { name: 'status', type: 'select', maxSelect: 1, values: ['draft', 'published', 'archived'] },
    many('labels', 'select', { values: ['new', 'hot', 'old'], maxSelect: 3 }),
    { name: 'author', type: 'relation', collectionId: made.people.id, maxSelect: 1 },
    many('tags', 'relation', { collectionId: made.tags.id }),
    { name: 'meta', type: 'json' },
    { name: 'place', type: 'geoPoint' },
    { name: 'at', type: 'date' },
    ...autodates,
  ]);
  await make('comments', [
    { name: 'post', type: 'relation', collectionId: made.posts.id, maxSelect: 1 },
    { name: 'author', type: 'relation', collectionId: made.people.id, maxSelect: 1 },
    { name: 'hot', type: 'bool' },
    { name: 'points', type: 'number' },
  ]);
  await make('details', [
    { name: 'post', type: 'relation', collectionId: made.posts.id, maxSelect: 1 },
    { name: 'text', type: 'text' },
  ], { indexes: ['CREATE UNIQUE INDEX idx_details_post ON details (post)'] });

  const rows = {
    tags: [['t1', { name: 'red', weight: 1 }], ['t2', { name: 'green', weight: 2 }], ['t3', { name: 'blue', weight: 0 }]],
    people: [['a1', { name: 'Ann' }], ['a2', { name: 'Ben', boss: id('a1') }], ['a3', { name: 'Cat', boss: id('a2') }]],
    posts,
    comments: [
      ['c1', { post: id('p1'), author: id('a1'), hot: true, points: 1 }],
      ['c2', { post: id('p1'), author: id('a2'), hot: false, points: 5 }],
      ['c3', { post: id('p2'), author: id('a2'), hot: true, points: 5 }],
      ['c4', { post: id('p5'), hot: false, points: 0 }],
    ],
    details: [['d1', { post: id('p1'), text: 'one' }], ['d2', { post: id('p2'), text: 'two' }]],
  };
  for (const [name, list] of Object.entries(rows)) {
    for (const [short, body] of list) await pb.collection(name).create({ id: id(short), ...body });
  }
  return made;
}

const posts = [
  ['p1', {
    title: 'Alpha', note: '50% off', code: '123', secret: 's1', views: 5, pinned: true, status: 'published', labels: ['new'],
    author: id('a1'), tags: [id('t1')], meta: { a: 1, list: [1, 2, { k: 'v' }], n: null }, place: { lon: 23.32, lat: 42.69 }, at: '2025-01-15 10:00:00.000Z',
  }],
  ['p2', {
    title: 'beta', note: 'a_b', code: '', secret: 's2', views: 15, pinned: false, status: 'draft', labels: ['new', 'hot'],
    author: id('a2'), tags: [id('t1'), id('t2')], meta: 5, place: { lon: 2.35, lat: 48.85 }, at: '2025-01-31 23:59:59.999Z',
  }],
  ['p3', { title: 'Gamma' }],
  ['p4', {
    title: 'alphabet', note: 'axb', code: '124', secret: 's4', views: 100, pinned: true, status: 'archived', labels: ['old', 'hot', 'new'],
    author: id('a1'), tags: [id('t2'), id('t3')], meta: 'x', place: { lon: 23.5, lat: 42.7 }, at: '2024-02-29 00:00:00.000Z',
  }],
  ['p5', {
    title: 'O\'Neil "Q"', note: 'C:\\dir', code: 'z', secret: 's5', views: -2.5, pinned: false, status: 'published', labels: ['hot'],
    author: id('a3'), tags: [id('t3')], meta: { a: '1', t: true }, at: '2025-02-01 00:00:00.000Z',
  }],
];
