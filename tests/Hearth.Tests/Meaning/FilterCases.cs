using System.Collections.Immutable;
using Hearth.Planning;
using Hearth.Schema;
using static Hearth.Tests.Meaning.Shop;

namespace Hearth.Tests.Meaning;

/// <summary>The meaning of conditions as data (contract 2.7 and 2.8): a name, a condition, the posts it finds.</summary>
public static class FilterCases
{
    public static readonly (string Name, Func<Shop, Filter> Filter, string Ids)[] All =
    [
        // text, emptiness, NULL
        ("title = beta", s => Is(s.F("title"), "=", "beta"), "p2"),
        ("title = BETA (exact case)", s => Is(s.F("title"), "=", "BETA"), ""),
        ("title = ''", s => Is(s.F("title"), "=", ""), "p4"),
        ("title = null", s => Is(s.F("title"), "=", (object?)null), "p4"),
        ("title != null", s => Is(s.F("title"), "!=", (object?)null), "p1 p2 p3 p5"),
        ("title != beta", s => Is(s.F("title"), "!=", "beta"), "p1 p3 p4 p5"),
        ("'beta' = title", s => Is(Lit("beta"), "=", s.F("title")), "p2"),
        ("title > b", s => Is(s.F("title"), ">", "b"), "p2 p5"),
        ("lower(code) = abc", s => Is(new Lower(s.F("code")), "=", "abc"), "p3 p4"),
        ("1 = 1", s => Is(Lit(1), "=", 1), "p1 p2 p3 p4 p5"),
        ("'' = null", s => Is(Lit(""), "=", (object?)null), "p1 p2 p3 p4 p5"),
        ("'' != null", s => Is(Lit(""), "!=", (object?)null), ""),
        ("null > 1", s => Is(Lit(null), ">", 1), ""),
        // What the planner makes of a bare number beside a text column.
        ("text column against a number with a point", s => Is(s.F("code"), "=", "123.0"), ""),
        ("text column against a quoted number", s => Is(s.F("code"), "=", "123"), "p1"),
        ("title = code (columns)", s => Is(s.F("title"), "=", s.F("code")), ""),
        ("code = title of nobody", s => Is(s.F("author"), "=", Of(s.Author, "id")), "p1 p2 p3 p4 p5"),
        // LIKE
        ("title ~ %ALPHA%", s => Is(s.F("title"), "~", "%ALPHA%"), "p1"),
        ("title ~ escaped %", s => Is(s.F("title"), "~", "%100\\%%"), "p1"),
        ("title ~ escaped _", s => Is(s.F("title"), "~", "%a\\_x%"), "p3"),
        ("title ~ own wildcards", s => Is(s.F("title"), "~", "b_t%"), "p2"),
        ("title !~ %a%", s => Is(s.F("title"), "!~", "%a%"), "p4 p5"),
        ("literal ~ column", s => Is(Lit("xx abc xx"), "~", s.F("code")), "p2 p3 p4"),
        ("author.name ~ %o%", s => Is(Of(s.Author, "name"), "~", "%o%"), "p2"),
        ("author.name !~ %o% (missing row is not true)", s => Is(Of(s.Author, "name"), "!~", "%o%"), "p1 p4 p5"),
        ("author.name != Bob (missing row is true)", s => Is(Of(s.Author, "name"), "!=", "Bob"), "p1 p3 p4 p5"),
        ("author.name = '' (missing row counts as empty)", s => Is(Of(s.Author, "name"), "=", ""), "p3 p4"),
        ("author.age > 1 (missing row is not true)", s => Is(Of(s.Author, "age"), ">", 1), "p1 p2 p5"),
        // numbers, truth, dates
        ("views = 10", s => Is(s.F("views"), "=", 10), "p1"),
        ("views = '10' (quoted)", s => Is(s.F("views"), "=", "10"), "p1"),
        ("views > '2' (quoted, numerically)", s => Is(s.F("views"), ">", "2"), "p1 p2 p3"),
        ("views = 2.5", s => Is(s.F("views"), "=", 2.5), "p2"),
        ("views <= 0", s => Is(s.F("views"), "<=", 0), "p4 p5"),
        ("views = null", s => Is(s.F("views"), "=", (object?)null), ""),
        ("hot = true", s => Is(s.F("hot"), "=", true), "p1 p3"),
        ("hot != true", s => Is(s.F("hot"), "!=", true), "p2 p4 p5"),
        ("day < 2025", s => Is(s.F("day"), "<", "2025-01-01 00:00:00.000Z"), "p3 p4 p5"),
        ("strftime month", s => Is(new DateFormat("%Y-%m", s.F("day"), []), "=", "2025-01"), "p1"),
        ("strftime with modifiers", s => Is(new DateFormat("%Y-%m", s.F("day"), ["+1 day", "start of month"]), "=", "2025-02"), "p1 p2"),
        ("strftime of nothing counts as empty", s => Is(new DateFormat("%Y", s.F("day"), []), "=", ""), "p3 p5"),
        // json
        ("meta = 5", s => Is(s.F("meta"), "=", 5), "p1"),
        ("meta = '5'", s => Is(s.F("meta"), "=", "5"), ""),
        ("meta = x", s => Is(s.F("meta"), "=", "x"), "p2"),
        ("meta = true", s => Is(s.F("meta"), "=", true), "p4"),
        ("meta = null", s => Is(s.F("meta"), "=", (object?)null), "p5"),
        ("meta = '' (NULL is kept apart)", s => Is(s.F("meta"), "=", ""), ""),
        ("meta != 5", s => Is(s.F("meta"), "!=", 5), "p2 p3 p4 p5"),
        ("meta.a.b.1 = two", s => Is(s.Path("meta", "a", "b", "1"), "=", "two"), "p3"),
        ("meta.a.b.0 = 1", s => Is(s.Path("meta", "a", "b", "0"), "=", 1), "p3"),
        ("meta.a.b.0 > 0.5", s => Is(s.Path("meta", "a", "b", "0"), ">", 0.5), "p3"),
        ("meta.a.b.2 = null", s => Is(s.Path("meta", "a", "b", "2"), "=", (object?)null), "p1 p2 p3 p4 p5"),
        ("meta.t = true", s => Is(s.Path("meta", "t"), "=", true), "p3"),
        ("meta.e = ''", s => Is(s.Path("meta", "e"), "=", ""), "p3"),
        ("meta.e = null", s => Is(s.Path("meta", "e"), "=", (object?)null), "p1 p2 p4 p5"),
        ("meta ~ two (text of an object)", s => Is(s.F("meta"), "~", "%two%"), "p3"),
        ("place.lon = 0", s => Is(s.Path("place", "lon"), "=", 0), "p3 p4 p5"),
        ("place.lat > 42.695", s => Is(s.Path("place", "lat"), ">", 42.695), "p2"),
        ("geoDistance < 5", s => Is(s.Distance(), "<", 5), "p1"),
        ("geoDistance < 25", s => Is(s.Distance(), "<", 25), "p1 p2"),
        ("geoDistance > 4000", s => Is(s.Distance(), ">", 4000), "p3 p4 p5"),
        // lists
        ("kinds ~ b (stored text)", s => Is(s.F("kinds"), "~", "%\"b\"%"), "p1 p5"),
        ("kinds:length = 2", s => Is(new ItemCount(s.Base, Posts.FindField("kinds")!), "=", 2), "p1 p5"),
        ("kinds:length = 0", s => Is(new ItemCount(s.Base, Posts.FindField("kinds")!), "=", 0), "p4"),
        ("author:length = 1", s => Is(new ItemCount(s.Base, Posts.FindField("author")!), "=", 1), "p1 p2 p4 p5"),
        ("kinds:each = a", s => Is(new Item(s.Kinds), "=", "a"), "p2"),
        ("kinds:each ?= a", s => Is(new Item(s.Kinds), "?=", "a"), "p1 p2"),
        ("kinds:each != a", s => Is(new Item(s.Kinds), "!=", "a"), "p3 p4 p5"),
        ("kinds:each ?!= a", s => Is(new Item(s.Kinds), "?!=", "a"), "p1 p3 p4 p5"),
        ("kinds:each = '' (no item)", s => Is(new Item(s.Kinds), "=", ""), "p4"),
        // relations to several
        ("tags.name = new (all)", s => Is(Of(s.PostTags, "name"), "=", "new"), "p2"),
        ("tags.name ?= new", s => Is(Of(s.PostTags, "name"), "?=", "new"), "p1 p2 p3"),
        ("tags.name != new", s => Is(Of(s.PostTags, "name"), "!=", "new"), "p4 p5"),
        ("tags.name ?!= new", s => Is(Of(s.PostTags, "name"), "?!=", "new"), "p1 p3 p4 p5"),
        ("tags.name = ''", s => Is(Of(s.PostTags, "name"), "=", ""), "p4"),
        ("tags.weight > 1", s => Is(Of(s.PostTags, "weight"), ">", 1), "p5"),
        ("tags.weight ?> 1", s => Is(Of(s.PostTags, "weight"), "?>", 1), "p1 p3 p5"),
        ("tags.name !~ e", s => Is(Of(s.PostTags, "name"), "!~", "%e%"), "p5"),
        ("tags.weight ?> tags.weight: one row with itself", s => Is(Of(s.PostTags, "weight"), "?>", Of(s.PostTags, "weight")), ""),
        ("same tag: name ?= new && weight ?> 1", s => And(Is(Of(s.PostTags, "name"), "?=", "new"), Is(Of(s.PostTags, "weight"), "?>", 1)), ""),
        ("same tag: name ?= new && weight ?= 1", s => And(Is(Of(s.PostTags, "name"), "?=", "new"), Is(Of(s.PostTags, "weight"), "?=", 1)), "p1 p2 p3"),
        ("either tag: name ?= rare || weight ?= 2", s => Or(Is(Of(s.PostTags, "name"), "?=", "rare"), Is(Of(s.PostTags, "weight"), "?=", 2)), "p1 p3 p5"),
        // back-relations
        ("comments.id ?!= ''", s => Is(Of(s.PostComments, "id"), "?!=", ""), "p1 p2 p3"),
        ("comments.id = '' (none)", s => Is(Of(s.PostComments, "id"), "=", ""), "p4 p5"),
        ("comments.author ?= u1 && hot ?= true", s => And(Is(Of(s.PostComments, "author"), "?=", "u1"), Is(Of(s.PostComments, "hot"), "?=", true)), "p1"),
        ("comments.author ?= u2 && hot ?= true", s => And(Is(Of(s.PostComments, "author"), "?=", "u2"), Is(Of(s.PostComments, "hot"), "?=", true)), "p2"),
        ("comments.author = u2 (all)", s => Is(Of(s.PostComments, "author"), "=", "u2"), "p2"),
        ("comments.author.name ?= Bob", s => Is(Of(s.CommentAuthor, "name"), "?=", "Bob"), "p1 p2"),
        ("comments.author.name ?= Bob && comments.hot ?= true", s => And(Is(Of(s.CommentAuthor, "name"), "?=", "Bob"), Is(Of(s.PostComments, "hot"), "?=", true)), "p2"),
        ("comments.likes.name ?= Bob && comments.author ?= u1", s => And(Is(Of(s.CommentLikes, "name"), "?=", "Bob"), Is(Of(s.PostComments, "author"), "?=", "u1")), "p1"),
        ("comments.author ?= author (both sides)", s => Is(Of(s.PostComments, "author"), "?=", s.F("author")), "p1 p2 p3"),
        ("comments.author = author (all)", s => Is(Of(s.PostComments, "author"), "=", s.F("author")), "p2 p3"),
        ("comments.author = tags.name: both many", s => Is(Of(s.PostComments, "author"), "!=", Of(s.PostTags, "name")), "p1 p2 p3 p5"),
        ("author.profile.motto = onward (unique back-relation)", s => Is(Of(s.AuthorProfile, "motto"), "=", "onward"), "p1 p5"),
        ("author.profile missing", s => new Missing(s.AuthorProfile), "p2 p3 p4"),
        ("comments that like the author ?= third", s => Is(Of(s.LikedBy, "text"), "?=", "third"), "p2"),
        ("comments that like the author (all hot)", s => Is(Of(s.LikedBy, "hot"), "=", true), "p1 p2 p5"),
        // unrelated rows
        ("@collection.users.name ?= title", s => Is(Of(s.AnyUser, "name"), "?=", s.F("title")), "p4"),
        ("@collection.users.id ?= author", s => Is(Of(s.AnyUser, "id"), "?=", s.F("author")), "p1 p2 p4 p5"),
        ("@collection.users.id = author (all users)", s => Is(Of(s.AnyUser, "id"), "=", s.F("author")), ""),
        ("two aliases", s => And(Is(Of(s.AnyUser, "name"), "?=", "Ann"), Is(Of(new CollectionSource(Users), "name"), "?=", "Bob")), "p1 p2 p3 p4 p5"),
        ("one alias cannot be two rows", s => And(Is(Of(s.AnyUser, "name"), "?=", "Ann"), Is(Of(s.AnyUser, "name"), "?=", "Bob")), ""),
        ("given ids, one: verified", s => Is(Of(new IdsSource(Users, ["u1"], false), "verified"), "=", true), "p1 p2 p3 p4 p5"),
        ("given ids, none", s => Is(Of(new IdsSource(Users, [], false), "id"), "=", ""), "p1 p2 p3 p4 p5"),
        ("given ids, several: all verified", s => Is(Of(new IdsSource(Users, ["u1", "u2"], true), "verified"), "=", true), ""),
        ("given ids, several: any is the author", s => Is(Of(new IdsSource(Users, ["u1", "u3"], true), "id"), "?=", s.F("author")), "p1 p4 p5"),
        ("given items ?= code", s => Is(new Item(new EachLiteralSource(["abc", "5"])), "?=", s.F("code")), "p3 p5"),
        ("given items: all not code", s => Is(new Item(new EachLiteralSource(["abc", "5"])), "!=", s.F("code")), "p1 p2 p4"),
        // groups, ids, truth
        ("and, or, not", s => And(Or(Is(s.F("hot"), "=", true), Is(s.F("views"), "<", 0)), new Not(Is(s.F("title"), "~", "%a%"))), "p5"),
        ("not of unknown is true", s => new Not(Is(Of(s.Author, "age"), ">", 1)), "p3 p4"),
        ("ids", s => new IdIn(s.Base, ["p5", "p1", "nope"]), "p1 p5"),
        ("no ids", s => new IdIn(s.Base, []), ""),
        ("refers to one", s => new RefersTo(s.Base, Relation(Posts, "author"), ["u1"]), "p1 p5"),
        ("refers to several, list field", s => new RefersTo(s.Base, Relation(Posts, "tags"), ["t3", "t2"]), "p1 p3 p5"),
        ("missing author", s => new Missing(s.Author), "p3"),
        ("missing tags", s => new Missing(s.PostTags), "p4"),
        ("missing or allowed, same row", s => And(Is(Of(s.PostTags, "weight"), "?>", 1), Or(new Missing(s.PostTags), Is(Of(s.PostTags, "name"), "?=", "old"))), "p1 p5"),
        ("truth = true", s => Is(new Truth(Is(s.F("views"), ">", 5), s.Base), "=", true), "p1 p3"),
        ("truth of unknown = false", s => Is(new Truth(Is(Of(s.Author, "age"), ">", 1), s.Author), "=", false), "p3 p4"),
        ("always", s => new Always(true), "p1 p2 p3 p4 p5"),
        ("never", s => new Always(false), ""),
        ("nothing to hold", s => new AllOf([]), "p1 p2 p3 p4 p5"),
        ("nothing that could hold", s => new AnyOf([]), ""),
        ("bad text cannot break out", s => Is(s.F("title"), "=", "'; DROP TABLE posts; --"), ""),
    ];

    private static AllOf And(params Filter[] parts) => new AllOf([.. parts]);

    private static AnyOf Or(params Filter[] parts) => new AnyOf([.. parts]);

    private static JsonPath Path(this Shop shop, string field, params string[] path) => new(shop.Base, Posts.FindField(field)!, [.. path]);

    private static GeoDistance Distance(this Shop shop) => new(shop.Path("place", "lon"), shop.Path("place", "lat"), Lit(23.32), Lit(42.70));
}
