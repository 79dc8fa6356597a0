// The filter language (contract 2) as a table: a filter, and the posts it must find. Asked by a superuser.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fails, names } from '../support/expect.mjs';
import { fillPosts } from '../support/posts.mjs';
import { startServer } from '../support/server.mjs';

const all = 'p1 p2 p3 p4 p5';
const none = '';

const cases = {
  'operators and literals': [
    ['title = "Alpha"', 'p1'],
    ["title = 'Alpha'", 'p1'],
    ['"Alpha" = title', 'p1'],
    ['title="Alpha"', 'p1'],
    ['1 = 1', all],
    ['1 = 2', none],
    ['title != "Alpha"', 'p2 p3 p4 p5'],
    ['views = 15', 'p2'],
    ['views = "15"', 'p2'],
    ['views > 5', 'p2 p4'],
    ['views >= 5', 'p1 p2 p4'],
    ['views < 0', 'p5'],
    ['views <= 0', 'p3 p5'],
    ['views = -2.5', 'p5'],
    ['pinned = true', 'p1 p4'],
    ['pinned = TRUE', 'p1 p4'],
    ['pinned != true', 'p2 p3 p5'],
    ['pinned = false', 'p2 p3 p5'],
    ['code = "123"', 'p1'],
    ['code = 123', none],
    ['at > "2025-01-31 23:59:59.998Z" && at < "2025-02-01 00:00:00.001Z"', 'p2 p5'],
    ['at >= "2025-01-01"', 'p1 p2 p5'],
    ['place.lon > 23 && place.lat > 42', 'p1 p4'],
  ],
  'empty, null and negation': [
    ['status = ""', 'p3'],
    ['status = null', 'p3'],
    ['status = NULL', 'p3'],
    ['status != ""', 'p1 p2 p4 p5'],
    ['status != null', 'p1 p2 p4 p5'],
    ['status != "draft"', 'p1 p3 p4 p5'],
    ['at = ""', 'p3'],
    ['author = null', 'p3'],
    ['author.name = ""', 'p3'],
    ['author.name != "Ann"', 'p2 p3 p5'],
    ['author.name !~ "Ann"', 'p2 p5'],
    ['author.name > "A"', 'p1 p2 p4 p5'],
  ],
  'like': [
    ['title ~ "alpha"', 'p1 p4'],
    ['title !~ "alpha"', 'p2 p3 p5'],
    ['title ~ "alpha%"', 'p1 p4'],
    ['title ~ "%bet"', 'p4'],
    ['title ~ "b%a"', 'p2'],
    ['note ~ "50%"', 'p1'],
    ['note ~ "0%%"', none],
    [String.raw`note ~ '0\% o'`, 'p1'],
    ['note ~ "a_b"', 'p2'],
    ['note ~ "a_b%"', 'p2 p4'],
    [String.raw`note ~ 'C:\dir'`, 'p5'],
    ['labels ~ "new"', 'p1 p2 p4'],
    ['"xx123xx" ~ code && code != ""', 'p1'],
  ],
  'quotes and escapes': [
    [String.raw`title = 'O\'Neil "Q"'`, 'p5'],
    [String.raw`title = "O'Neil \"Q\""`, 'p5'],
    [String.raw`note = 'C:\dir'`, 'p5'],
    [String.raw`note = "C:\\dir"`, 'p5'],
    [String.raw`title = "\u0041lpha"`, 'p1'],
    [String.raw`"a\\" = "a\\" && title = "Alpha"`, 'p1'],
  ],
  'joins, groups and comments': [
    ['pinned = true || status = "draft" && views > 50', 'p1 p4'],
    ['(pinned = true || status = "draft") && views > 50', 'p4'],
    ['((((views = 5))))', 'p1'],
    ['views = 5 || (views = 15 && (status = "draft" || status = "x"))', 'p1 p2'],
    ['views = 5 // the first\n || views = 15 // the second', 'p1 p2'],
    ['\n\ttitle = "Alpha"  ', 'p1'],
    ['(title = ")" || views = 5)', 'p1'],
  ],
  'macros': [
    ['created > @yesterday && created < @tomorrow', all],
    ['created >= @monthStart && created <= @monthEnd', all],
    ['created >= @yearStart && created <= @yearEnd', all],
    ['@now > @yesterday && @now < @tomorrow', all],
    ['@now >= @todayStart && @now <= @todayEnd', all],
    ['@todayStart ~ "% 00:00:00.000Z" && @todayEnd ~ "% 23:59:59.999Z"', all],
    ['@monthStart ~ "%-01 00:00:00.000Z" && @yearStart ~ "%-01-01 00:00:00.000Z" && @yearEnd ~ "%-12-31 23:59:59.999Z"', all],
    ['@year > 2024 && @month >= 1 && @month <= 12 && @day >= 1 && @day <= 31', all],
    ['@weekday >= 0 && @weekday <= 6 && @hour >= 0 && @hour < 24 && @minute < 60 && @second < 60', all],
  ],
  'json': [
    ['meta.a = 1', 'p1'],
    ['meta.a = "1"', 'p5'],
    ['meta.list.0 = 1', 'p1'],
    ['meta.list.2.k = "v"', 'p1'],
    ['meta.n = null', all],
    ['meta.n = ""', none],
    ['meta.a != null', 'p1 p5'],
    ['meta.t = true', 'p5'],
    ['meta = 5', 'p2'],
    ['meta = "x"', 'p4'],
    ['meta = null', 'p3'],
    ['meta = ""', none],
  ],
  'functions': [
    ['geoDistance(place.lon, place.lat, 23.32, 42.69) < 25', 'p1 p4'],
    ['geoDistance(place.lon, place.lat, 23.32, 42.69) < 1', 'p1'],
    ['geoDistance(place.lon, place.lat, -23.5, 42.7) > 6000', none],
    ['strftime("%Y-%m", at) = "2025-01"', 'p1 p2'],
    ['strftime("%Y", at, "+1 year") = "2025"', 'p4'],
    ["strftime('%d', at, 'start of month', '+1 month', '-1 day') = '29'", 'p4'],
    ['strftime("%Y", at) = ""', 'p3'],
    ['strftime("%Y", "2020-05-05") = "2020"', all],
    ['strftime("%Y", comments_via_post.post.at) = "2025"', 'p1 p2 p5'],
  ],
  'length, each and lower': [
    ['labels:length > 1', 'p2 p4'],
    ['labels:length = 0', 'p3'],
    ['tags:length = 2', 'p2 p4'],
    ['status:length = 1', 'p1 p2 p4 p5'],
    ['status:length = 0', 'p3'],
    ['labels:each = "new"', 'p1'],
    ['labels:each ?= "new"', 'p1 p2 p4'],
    ['labels:each != "new"', 'p3 p5'],
    ['labels:each ?!= "new"', 'p2 p3 p4 p5'],
    ['labels:each ~ "o"', 'p5'],
    ['labels:each ?~ "o"', 'p2 p4 p5'],
    ['title:lower = "alpha"', 'p1'],
    ['title:lower = "Alpha"', none],
    ['author.name:lower = "ann"', 'p1 p4'],
    // Not multi-capable, or not submitted data: the modifier is ignored.
    ['title:length = "Alpha"', 'p1'],
    ['title:isset = "Alpha"', 'p1'],
    ['title:changed = "Alpha"', 'p1'],
  ],
  'relations': [
    ['author.name = "Ann"', 'p1 p4'],
    ['author.id = "a10000000000000"', 'p1 p4'],
    ['author.boss.name = "Ann"', 'p2'],
    ['author.boss.boss.name = "Ann"', 'p5'],
    ['author.boss.boss.boss.boss.boss.name = ""', all],
  ],
  'all and any over a multiple relation': [
    ['tags.name = "red"', 'p1'],
    ['tags.name ?= "red"', 'p1 p2'],
    ['tags.name != "red"', 'p3 p4 p5'],
    ['tags.name ?!= "red"', 'p2 p3 p4 p5'],
    ['tags.name = ""', 'p3'],
    ['tags.name ~ "e"', 'p1 p2 p4 p5'],
    ['tags.name ~ "re"', 'p1 p2'],
    ['tags.name !~ "red"', 'p4 p5'],
    ['tags.name ?!~ "red"', 'p2 p4 p5'],
    ['tags.weight > 0', 'p1 p2'],
    ['tags.weight ?> 0', 'p1 p2 p4'],
    ['tags.weight ?> 1', 'p2 p4'],
    ['tags.weight > -1', 'p1 p2 p4 p5'],
    ['tags.id ?= "t20000000000000"', 'p2 p4'],
    ['tags ~ "t2000"', 'p2 p4'],
    // Both sides have several values: no pair may violate the comparison.
    ['tags.weight >= tags.weight', 'p1 p5'],
  ],
  'back-relations': [
    ['comments_via_post.hot = true', 'p2'],
    ['comments_via_post.hot ?= true', 'p1 p2'],
    ['comments_via_post.id ?!= ""', 'p1 p2 p5'],
    ['comments_via_post.id = ""', 'p3 p4'],
    ['comments_via_post.points > 0', 'p1 p2'],
    ['comments_via_post.points ?>= 0', 'p1 p2 p5'],
    // The two conditions must hold for the same comment.
    ['comments_via_post.author.name ?= "Ben" && comments_via_post.hot ?= true', 'p2'],
    ['comments_via_post.points ?= 1 && comments_via_post.hot ?= true', 'p1'],
    // A unique single relation makes the way back single.
    ['details_via_post.text = "one"', 'p1'],
    ['details_via_post.text != "one"', 'p2 p3 p4 p5'],
  ],
  '@collection': [
    ['@collection.comments.points ?= 5', all],
    ['@collection.comments.points = 5', none],
    ['@collection.comments.points ?= 77', none],
    ['@collection.comments.points >= 0', all],
    ['@collection.comments.post ?= id && @collection.comments.hot ?= true', 'p1 p2'],
    ['@collection.comments.post ?= id && @collection.comments.points ?= 0', 'p5'],
    ['@collection.comments:x.post ?= id && @collection.comments:y.points ?= 0', 'p1 p2 p5'],
    ['@collection.comments.author.name ?= "Ben" && @collection.comments.post ?= id', 'p1 p2'],
  ],
  '@request': [
    ['@request.method = "GET"', all],
    ['@request.context = "default"', all],
    ['@request.auth.id != ""', all],
    ['@request.auth.collectionName = "_superusers"', all],
    ['@request.auth.nope = null', all],
    ['@request.query.color = "blue"', all],
    ['@request.query.color:isset = true', all],
    ['@request.query.nope:isset = false', all],
    ['@request.query.nope = ""', all],
    ['@request.headers.x_token = "abc"', all],
    ['@request.headers.x_token:isset = true', all],
    ['@request.headers.x_token:lower = "abc" && @request.query.color:lower = "blue"', all],
    ['@request.body.nope = null', all],
    ['@request.body.nope:isset = true', none],
  ],
};

const errors = {
  'syntax': [
    '   ', '// only a comment', 'active', 'title', 'title =', '= "a"', 'title = "a', "title = 'a", 'title == "a"', 'title = = "a"',
    '(title = "a"', 'title = "a")', '()', 'title = "a" &&', '&& title = "a"', 'title = "a" & title = "b"', 'title = "a" and views = 1',
    '!title = "a"', 'title = 1 / 2', 'views = 1e5', 'views = +1', 'views = .5', 'views = 5.', 'views = 1.2.3', 'title. = 1', 'title: = 1',
    '@ = 1', '# = 1', '_ = 1', '@now', 'title ?? "a"', 'title ?"a"', 'tïtle = 1', 'title = "a" title = "b"', 'views in (1,2)', 'title = [1]',
    'title = "a";', '$title = 1', '-title = 1', '--', "title = 'a'' OR 1=1",
  ],
  'names': [
    'nope = 1', 'title.nope = 1', 'author.nope = 1', 'nope.title = 1', 'author.name.x = 1', '@nope = 1', '@request = 1', '@request.foo = 1',
    '@request.auth = 1', '@collection = 1', '@collection.nope.id = 1', '@collection.posts = 1', 'nope_via_post.id = 1', 'comments_via_nope.id = 1',
    'comments_via_author.id = 1', 'people_via_boss.id = 1', 'collectionId = 1', 'password = "x"', 'rowid = 1',
  ],
  'modifiers': ['title:nope = 1', 'title:lower:lower = "a"', 'author:lower.name = "a"', '@request.query.x:nope = 1', '@request.body.title:length = 1', '@request.body.title:each = 1'],
  'functions': [
    'foo(1) = 1', 'strftime() = ""', 'strftime(at, "x") = ""', 'strftime("%Y", at, title) = ""', 'geoDistance(1, 2, 3) < 1', 'geoDistance(1, 2, 3, 4, 5) < 1',
    'geoDistance("1", 2, 3, 4) < 1', 'geoDistance(title', 'strftime("%Y", strftime("%Y", strftime("%Y", strftime("%Y", at)))) = ""',
    `strftime("%Y", at${', "+1 day"'.repeat(9)}) = ""`, 'lower(title) = "a"', 'geoDistance (1, 2, 3, 4) < 1',
  ],
  'limits': [
    `${'views=1||'.repeat(200)}views=1`,
    'title = "' + 'a'.repeat(3500) + '"',
    'author.boss.boss.boss.boss.boss.boss.name = "x"',
    `${'('.repeat(1500)}views=1${')'.repeat(1500)}`.padEnd(3501),
  ],
};

describe('filter', () => {
  let server, pb, posts;
  before(async () => {
    server = await startServer();
    pb = await server.superuser();
    await fillPosts(pb);
    posts = pb.collection('posts');
  });
  after(() => server?.stop());

  const list = filter => posts.getList(1, 30, { filter, color: 'blue', headers: { 'X-Token': 'abc' } });

  for (const [theme, table] of Object.entries(cases)) {
    describe(theme, () => {
      for (const [filter, expected] of table) {
        it(filter, async () => {
          const found = await list(filter);
          assert.equal(names(found).join(' '), expected);
          assert.equal(found.totalItems, found.items.length);
        });
      }
    });
  }

  describe('refusals', () => {
    for (const [theme, table] of Object.entries(errors)) {
      for (const filter of table) {
        it(`${theme}: ${filter.slice(0, 60)}`, () => fails(list(filter), 400, 'Something went wrong while processing your request.', {}));
      }
    }
  });

  it('takes an empty filter as none', async () => {
    assert.equal(names(await list('')).join(' '), all);
  });

  it('takes 200 comparisons and 3500 bytes', async () => {
    assert.equal(names(await list(`${'views=1||'.repeat(199)}views=5`)).join(' '), 'p1');
    const text = 'title = "';
    assert.equal(names(await list(`${text}${'a'.repeat(3500 - text.length - 1)}"`)).join(' '), none);
  });

  it('groups nested deeply give an answer or a 400', async () => {
    const filter = `${'('.repeat(1700)}views=5${')'.repeat(1700)}`;
    try {
      assert.deepEqual(names(await list(filter)), ['p1']);
    } catch (error) {
      assert.equal(error.status, 400);
    }
  });

  it('finds the first by pb.filter() with awkward values', async () => {
    const text = 'O\'Neil "Q"';
    const first = await posts.getFirstListItem(pb.filter('title = {:text} && at >= {:at} && views < {:n} && pinned = {:no}',
      { text, at: new Date('2025-02-01T00:00:00Z'), n: 0, no: false }));
    assert.equal(first.title, text);
    assert.deepEqual(names(await list(pb.filter('note = {:v}', { v: 'C:\\dir' }))), ['p5']);
    await fails(posts.getFirstListItem('title = "nobody"'), 404);
  });
});
