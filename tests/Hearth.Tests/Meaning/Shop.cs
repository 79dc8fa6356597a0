using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Tests.Meaning;

/// <summary>
/// A small blog with every kind of field and link: the schema, its rows, and short names for plan nodes over it. A new one for every
/// case, because sources are compared by reference.
/// </summary>
public sealed class Shop
{
    public static readonly Collection Users = Table("users",
        new TextField { Name = "name" }, new BoolField { Name = "verified" }, new NumberField { Name = "age" }, new EmailField { Name = "email" },
        new BoolField { Name = "emailVisibility" });

    public static readonly Collection Tags = Table("tags", new TextField { Name = "name" }, new NumberField { Name = "weight" });

    public static readonly Collection Posts = Table("posts",
        new TextField { Name = "title" }, new TextField { Name = "code" }, new NumberField { Name = "views" }, new BoolField { Name = "hot" },
        new JsonField { Name = "meta" }, new GeoPointField { Name = "place" }, new SelectField { Name = "kinds", MaxSelect = 5, Values = ["a", "b", "c"] },
        new DateField { Name = "day" }, new RelationField { Name = "author", CollectionId = "users" },
        new RelationField { Name = "tags", CollectionId = "tags", MaxSelect = 9 });

    public static readonly Collection Comments = Table("comments",
        new RelationField { Name = "post", CollectionId = "posts" }, new RelationField { Name = "author", CollectionId = "users" },
        new TextField { Name = "text" }, new BoolField { Name = "hot" }, new RelationField { Name = "likes", CollectionId = "users", MaxSelect = 9 })
        with { Indexes = [new IndexDefinition("ix_comments_text", false, [new IndexColumn("text")], null)] };

    public static readonly Collection Profiles = Table("profiles", new RelationField { Name = "user", CollectionId = "users" }, new TextField { Name = "motto" })
        with { Indexes = [new IndexDefinition("uq_profiles_user", true, [new IndexColumn("user")], null)] };

    public BaseSource Base { get; } = new(Posts);

    public RelationSource Author { get; }

    public RelationSource PostTags { get; }

    public BackRelationSource PostComments { get; }

    public RelationSource CommentAuthor { get; }

    public RelationSource CommentLikes { get; }

    public BackRelationSource AuthorProfile { get; }

    public BackRelationSource LikedBy { get; }

    public EachSource Kinds { get; }

    public CollectionSource AnyUser { get; } = new(Users);

    public Shop(BaseSource? from = null)
    {
        Base = from ?? Base;
        Author = new RelationSource(Base, Relation(Posts, "author"), Users);
        PostTags = new RelationSource(Base, Relation(Posts, "tags"), Tags);
        PostComments = new BackRelationSource(Base, Comments, Relation(Comments, "post"));
        CommentAuthor = new RelationSource(PostComments, Relation(Comments, "author"), Users);
        CommentLikes = new RelationSource(PostComments, Relation(Comments, "likes"), Users);
        AuthorProfile = new BackRelationSource(Author, Profiles, Relation(Profiles, "user"));
        LikedBy = new BackRelationSource(Author, Comments, Relation(Comments, "likes"));
        Kinds = new EachSource(Base, Posts.FindField("kinds")!);
    }

    public static RelationField Relation(Collection collection, string name) => (RelationField)collection.FindField(name)!;

    public static Operand Of(Source source, string field) => new Column(source, source.Collection!.FindField(field)!);

    public static Operand Lit(object? value) => new Literal(TestDatabase.Value(value));

    public Operand F(string field) => Of(Base, field);

    public static Compare Is(Operand left, string op, Operand right)
    {
        var any = op.StartsWith('?');
        return new Compare(left, Operators[any ? op[1..] : op], right, any);
    }

    public static Compare Is(Operand left, string op, object? right) => Is(left, op, right as Operand ?? Lit(right));

    public static async Task<TestDatabase> OpenAsync()
    {
        var database = await TestDatabase.OpenAsync(Users, Tags, Posts, Comments, Profiles);
        await database.InsertAsync(Users, ("id", "u1"), ("name", "Ann"), ("verified", true), ("age", 30), ("email", "ann@x.test"), ("emailVisibility", true));
        await database.InsertAsync(Users, ("id", "u2"), ("name", "Bob"), ("verified", false), ("age", 40), ("email", "bob@x.test"));
        await database.InsertAsync(Users, ("id", "u3"), ("name", ""), ("verified", true), ("age", 0));
        await database.InsertAsync(Tags, ("id", "t1"), ("name", "new"), ("weight", 1));
        await database.InsertAsync(Tags, ("id", "t2"), ("name", "old"), ("weight", 2));
        await database.InsertAsync(Tags, ("id", "t3"), ("name", "rare"), ("weight", 3));
        await database.InsertAsync(Posts, ("id", "p1"), ("title", "Alpha 100%"), ("code", "123"), ("views", 10), ("hot", true), ("meta", FieldValue.Json("5")),
            ("place", FieldValue.Json("""{"lon":23.32,"lat":42.69}""")), ("kinds", L("a", "b")), ("day", "2025-01-31 10:00:00.000Z"), ("author", "u1"), ("tags", L("t1", "t2")));
        await database.InsertAsync(Posts, ("id", "p2"), ("title", "beta"), ("code", ""), ("views", 2.5), ("hot", false), ("meta", FieldValue.Json("\"x\"")),
            ("place", FieldValue.Json("""{"lon":23.5,"lat":42.7}""")), ("kinds", L("a")), ("day", "2025-02-01 00:00:00.000Z"), ("author", "u2"), ("tags", L("t1")));
        await database.InsertAsync(Posts, ("id", "p3"), ("title", "Gamma_x"), ("code", "abc"), ("views", 100), ("hot", true),
            ("meta", FieldValue.Json("""{"a":{"b":[1,"two",null]},"t":true,"n":null,"e":""}""")), ("author", ""), ("tags", L("t3", "t1")), ("kinds", L("c")));
        await database.InsertAsync(Posts, ("id", "p4"), ("title", ""), ("code", "ABC"), ("views", 0), ("meta", FieldValue.Json("true")), ("author", "u3"),
            ("day", "2024-12-31 23:59:59.999Z"));
        await database.InsertAsync(Posts, ("id", "p5"), ("title", "Ünicode ✓"), ("code", "5"), ("views", -3), ("meta", FieldValue.Json("null")), ("author", "u1"), ("tags", L("t2")), ("kinds", L("b", "c")));
        await database.InsertAsync(Comments, ("id", "c1"), ("post", "p1"), ("author", "u1"), ("text", "first"), ("hot", true), ("likes", L("u1", "u2")));
        await database.InsertAsync(Comments, ("id", "c2"), ("post", "p1"), ("author", "u2"), ("text", "second"), ("hot", false));
        await database.InsertAsync(Comments, ("id", "c3"), ("post", "p2"), ("author", "u2"), ("text", "third"), ("hot", true), ("likes", L("u2")));
        await database.InsertAsync(Comments, ("id", "c4"), ("post", "p3"), ("author", ""), ("text", ""), ("hot", false), ("likes", L("u3")));
        await database.InsertAsync(Profiles, ("id", "r1"), ("user", "u1"), ("motto", "onward"));
        return database;
    }

    private static FieldValue L(params string[] items) => FieldValue.List(items);

    private static Collection Table(string name, params Field[] fields) => new()
    {
        Id = name,
        Name = name,
        Fields = [new TextField { Name = "id", Id = "id", PrimaryKey = true }, .. fields.Select(f => f with { Id = f.Name })],
    };

    private static readonly Dictionary<string, CompareOperator> Operators = new()
    {
        ["="] = CompareOperator.Equal, ["!="] = CompareOperator.NotEqual, [">"] = CompareOperator.Greater, [">="] = CompareOperator.GreaterOrEqual,
        ["<"] = CompareOperator.Less, ["<="] = CompareOperator.LessOrEqual, ["~"] = CompareOperator.Like, ["!~"] = CompareOperator.NotLike,
    };
}
