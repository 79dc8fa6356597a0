using System.Collections.Immutable;
using Hearth.Schema;
using Hearth.Schema.Stock;

namespace Hearth.Tests.Differential;

/// <summary>Makes a world of two to four collections with fields of all types, and their rows.</summary>
internal sealed class WorldMaker(Random random)
{
    /// <summary>Words of SQL, upper case, and longer than the 63 bytes that PostgreSQL keeps of a name.</summary>
    private static readonly string[] Names =
        ["posts", "Order", "user", "group_1", "T", new string('c', 70) + "1", new string('c', 70) + "2", "values"];

    private static readonly string[] FieldNames =
        ["title", "Name", "order", "select", "group", "n1", "Flag", "from", "j", "geo", "x_1", "_f", "value", "key", "ctid", "t0", "Level2", "rowid", "oid", "null_", new string('f', 70) + "1", new string('f', 70) + "2"];

    public World Make()
    {
        var names = Shuffled(Names).Take(random.Next(2, 5)).ToArray();
        var authAt = random.Next(names.Length + 1);
        var collections = names.Select((name, i) => MakeCollection(name, i == authAt, names)).ToImmutableArray();
        for (var i = 0; i < collections.Length; i++) collections = collections.SetItem(i, WithIndexes(collections[i]));
        var rows = MakeRows(collections);
        return new World(collections, rows);
    }

    public static string IdOf(string name) => "id_" + name;

    private Collection MakeCollection(string name, bool isAuth, string[] all)
    {
        var fields = new List<Field> { new TextField { Name = "id", Id = "id", PrimaryKey = true, System = true, Required = true } };
        if (isAuth) fields.AddRange([StockFields.Password, StockFields.TokenKey, StockFields.Email with { Required = false }, StockFields.EmailVisibility, StockFields.Verified]);
        fields.AddRange(Shuffled(FieldNames).Take(random.Next(3, 9)).Select(field => MakeField(field, all) with { Id = "f_" + field, Hidden = random.Next(12) == 0 }));
        return new Collection
        {
            Id = IdOf(name),
            Name = name,
            Type = isAuth ? CollectionType.Auth : CollectionType.Base,
            Fields = [.. fields],
            Auth = isAuth ? new AuthOptions() : null,
            ListRule = random.Next(8) switch
            {
                0 => null,
                1 => "id != \"r1\"",
                2 => "@request.auth.id != \"\"",
                3 => $"@collection.{all[0]}.id ?= id",
                _ => "",
            },
        };
    }

    /// <summary>A field of any type.</summary>
    public Field MakeField(string name, string[] all)
    {
        var several = random.Next(2) == 0 ? 1 : random.Next(2, 5);
        return random.Next(20) switch
        {
            0 or 1 or 2 => new TextField { Name = name },
            3 => new EditorField { Name = name },
            4 or 5 => new NumberField { Name = name },
            6 => new NumberField { Name = name, OnlyInt = true },
            7 => new BoolField { Name = name },
            8 => new EmailField { Name = name },
            9 => new UrlField { Name = name },
            10 => new DateField { Name = name },
            11 => new AutodateField { Name = name, OnCreate = true },
            12 => new SelectField { Name = name, Values = Pools.Choices, MaxSelect = several },
            13 => new FileField { Name = name, MaxSelect = several },
            14 or 15 => new JsonField { Name = name },
            16 => new GeoPointField { Name = name },
            17 when random.Next(3) == 0 => new PasswordField { Name = name },
            _ => new RelationField { Name = name, CollectionId = IdOf(Pick(all)), MaxSelect = several },
        };
    }

    private Collection WithIndexes(Collection collection)
    {
        var indexes = new List<IndexDefinition>();
        foreach (var field in collection.Fields)
        {
            // A single relation that is unique makes its back-relation single.
            if (field is RelationField { Multiple: false } && random.Next(3) == 0) indexes.Add(Index(true, field));
            else if (field.Type is FieldType.Text or FieldType.Number or FieldType.Date && field.Name != "id" && random.Next(6) == 0) indexes.Add(Index(random.Next(4) == 0, field));
        }
        return collection with { Indexes = [.. indexes] };

        IndexDefinition Index(bool unique, Field field) => new($"ix_{collection.Name}_{field.Name}", unique, [new IndexColumn(field.Name)], null);
    }

    private ImmutableArray<Row> MakeRows(ImmutableArray<Collection> collections)
    {
        var counts = collections.ToDictionary(c => c.Id, _ => random.Next(10) == 0 ? 0 : random.Next(1, 9));
        var rows = ImmutableArray.CreateBuilder<Row>();
        foreach (var collection in collections)
        {
            for (var i = 1; i <= counts[collection.Id]; i++)
            {
                var values = collection.Fields.Where(f => f.Name != "id" && random.Next(6) != 0)
                    .ToImmutableSortedDictionary(f => f.Name, f => MakeValue(f, counts), StringComparer.Ordinal);
                rows.Add(new Row(collection.Name, $"r{i}", values));
            }
        }
        return rows.ToImmutable();
    }

    /// <summary>A value for a field as JSON text.</summary>
    public string MakeValue(Field field, IReadOnlyDictionary<string, int>? counts = null) => field switch
    {
        NumberField { OnlyInt: true } => Pools.Number(Math.Truncate(Pick(Pools.Numbers))),
        NumberField => Pools.Number(Pick(Pools.Numbers)),
        BoolField => random.Next(2) == 0 ? "true" : "false",
        EmailField => Pools.Quote(Pick(Pools.Emails)),
        UrlField => Pools.Quote(Pick(Pools.Urls)),
        DateField or AutodateField => Pools.Quote(Pick(Pools.Dates)),
        JsonField => Pick(Pools.Json),
        GeoPointField => Pick(Pools.Points),
        SelectField => List(field, () => Pick(Pools.Choices)),
        FileField => List(field, () => Pick(Pools.Choices) + ".txt"),
        RelationField relation => List(field, () => $"r{random.Next(1, Math.Max(2, (counts?.GetValueOrDefault(relation.CollectionId) ?? 5) + 1))}"),
        _ => Pools.Quote(Pick(Pools.Texts)),
    };

    private string List(Field field, Func<string> item)
    {
        if (!field.Multiple) return Pools.Quote(random.Next(4) == 0 ? "" : item());
        var items = Enumerable.Range(0, random.Next(4)).Select(_ => item()).Distinct();
        return $"[{string.Join(",", items.Select(Pools.Quote))}]";
    }

    private T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];

    private T[] Shuffled<T>(T[] from)
    {
        var copy = from.ToArray();
        random.Shuffle(copy);
        return copy;
    }
}
