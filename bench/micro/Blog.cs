using System.Collections.Immutable;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Micro;

/// <summary>The collections of bench/runner/schema.mjs without their indexes, and a guest who asks.</summary>
internal static class Blog
{
    private static readonly AutodateField Created = new() { Name = "created", OnCreate = true };
    private static readonly AutodateField Updated = new() { Name = "updated", OnCreate = true, OnUpdate = true };
    private static readonly TextField Id = new() { Name = "id", System = true, Required = true, PrimaryKey = true, Pattern = "^[a-z0-9]+$", Min = 15, Max = 15 };

    public const string ListFilter = "views >= 1000 && views < 1500";
    public const string RelationFilter = "author.name = \"Ada Berg 7\"";
    public const string MemberRule = "author.members_via_author.user ?= @request.auth.id";
    public const string Sort = "-views";

    public static SchemaSnapshot Schema { get; } = new(1,
    [
        Make("authors", null, new TextField { Name = "name" }, new TextField { Name = "bio" }, Created, Updated),
        Make("posts", "",
            new TextField { Name = "title", Required = true }, new TextField { Name = "body" }, new NumberField { Name = "views" }, ToAuthor,
            new SelectField { Name = "tags", Values = ["news", "tech", "life"], MaxSelect = 3 }, new BoolField { Name = "published" }, Created, Updated),
        Make("drafts", MemberRule, new TextField { Name = "title" }, new TextField { Name = "body" }, new NumberField { Name = "views" }, ToAuthor, Created, Updated),
        Make("members", null, new TextField { Name = "user" }, ToAuthor),
    ]);

    public static RequestFacts Guest { get; } = new() { Caller = Caller.Guest, Now = DateTimeOffset.UnixEpoch };

    public static Collection Find(string name) => Schema.Find(name) ?? throw new ArgumentException(name);

    private static RelationField ToAuthor => new() { Name = "author", CollectionId = "c_authors", MaxSelect = 1 };

    private static Collection Make(string name, string? rule, params ReadOnlySpan<Field> fields) => new()
    {
        Id = "c_" + name, Name = name, ListRule = rule ?? "", ViewRule = rule ?? "", Fields = [Id, .. fields.ToImmutableArray()],
    };
}
