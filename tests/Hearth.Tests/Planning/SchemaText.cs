using System.Collections.Immutable;
using Hearth.Schema;
using Hearth.Schema.Stock;

namespace Hearth.Tests.Planning;

/// <summary>
/// Reads the schemas of planner cases. A line without indent is a collection (<c>posts</c>, <c>auth users</c>, <c>view stats</c>); indented
/// lines are its fields (<c>tags select*</c>, <c>author relation users</c>, <c>secret text hidden</c>; <c>*</c> makes it multiple), its rules
/// (<c>list: ...</c>, <c>manage: ...</c>) and indexes (<c>unique author</c>, <c>index kind day</c>). Ids are the names with <c>c_</c> in front.
/// </summary>
internal static class SchemaText
{
    public static SchemaSnapshot Read(string text)
    {
        var collections = new List<Collection>();
        foreach (var raw in text.Split('\n'))
        {
            var line = raw.TrimEnd();
            if (line.Length == 0 || line.StartsWith('#')) continue;
            if (!char.IsWhiteSpace(line[0])) collections.Add(Start(line));
            else collections[^1] = Add(collections[^1], line.Trim());
        }
        return new SchemaSnapshot(1, collections);
    }

    private static Collection Start(string line)
    {
        var words = line.Split(' ');
        var (type, fields) = words[0] switch
        {
            "auth" => (CollectionType.Auth, (Field[])[StockFields.Id, StockFields.Password, StockFields.TokenKey, StockFields.Email, StockFields.EmailVisibility, StockFields.Verified]),
            "view" => (CollectionType.View, [StockFields.Id]),
            _ => (CollectionType.Base, [StockFields.Id]),
        };
        return new Collection
        {
            Id = "c_" + words[^1],
            Name = words[^1],
            Type = type,
            Fields = [.. fields],
            Auth = type == CollectionType.Auth ? new AuthOptions() : null,
        };
    }

    private static Collection Add(Collection collection, string line)
    {
        var words = line.Split(' ');
        var rest = line[words[0].Length..].Trim();
        switch (words[0])
        {
            case "list:":
                return collection with { ListRule = rest };
            case "manage:":
                return collection with { Auth = collection.Auth! with { ManageRule = rest } };
            case "unique":
                return collection with { Indexes = collection.Indexes.Add(new IndexDefinition($"idx_{rest}", true, [new IndexColumn(rest)], null)) };
            case "index":
                return collection with { Indexes = collection.Indexes.Add(new IndexDefinition($"idx_{words[^1]}", false, [.. rest.Split(' ').Select(name => new IndexColumn(name))], null)) };
        }
        var max = words[1].EndsWith('*') ? 5 : 1;
        Field field = words[1].TrimEnd('*') switch
        {
            "text" => new TextField { Name = words[0] },
            "number" => new NumberField { Name = words[0] },
            "bool" => new BoolField { Name = words[0] },
            "date" => new DateField { Name = words[0] },
            "autodate" => new AutodateField { Name = words[0] },
            "json" => new JsonField { Name = words[0] },
            "geoPoint" => new GeoPointField { Name = words[0] },
            "password" => new PasswordField { Name = words[0] },
            "select" => new SelectField { Name = words[0], MaxSelect = max, Values = ["a", "b", "c"] },
            "file" => new FileField { Name = words[0], MaxSelect = max },
            "relation" => new RelationField { Name = words[0], MaxSelect = max, CollectionId = "c_" + words[2] },
            _ => throw new FormatException(line),
        };
        return collection with { Fields = collection.Fields.Add(field with { Hidden = words[^1] == "hidden" }) };
    }
}
