using System.Text.Json;
using Hearth.Schema;

namespace Hearth.Tests.Differential;

/// <summary>One side of a comparison, the type of what it gives, and the field that it comes from.</summary>
internal sealed record Operand(string Text, FieldType Like, Collection? At = null, Field? Field = null);

/// <summary>Makes one side of a comparison: paths over relations both ways, into JSON and lists, literals, macros, functions and what rules may name.</summary>
internal sealed class OperandMaker(Random random, World world)
{
    private const int MostHops = 3;

    /// <summary>An operand that is no plain literal.</summary>
    public Operand Make(Collection of, bool rule) => random.Next(rule ? 24 : 18) switch
    {
        0 => new(Distance(of), FieldType.Number),
        1 => new(DateFormat(of), FieldType.Text),
        2 => new(Pick(Pools.Macros), FieldType.Date),
        18 or 19 => EveryOf(),
        20 => new("@request.auth." + Pick((string[])["id", "id", "email", "verified", "collectionName", "nothing", Pick(Pick(world.Collections).Fields).Name]), FieldType.Text),
        21 or 22 => Submitted(of),
        23 => new(Pick((string[])["@request.method", "@request.context", "@request.query.q", "@request.query.n", "@request.query.q:lower", "@request.query.no:isset", "@request.headers.x_token", "@request.headers.x_token:lower"]), FieldType.Text),
        _ => Path(of, forSort: false),
    };

    /// <summary>A path that begins at a collection.</summary>
    public Operand Path(Collection of, bool forSort)
    {
        var text = "";
        for (var hops = 0; hops < MostHops && random.Next(5) < 2; hops++)
        {
            var steps = of.Fields.OfType<RelationField>().Select(f => (f.Name, To: f.CollectionId))
                .Concat(world.Collections.SelectMany(c => c.Fields.OfType<RelationField>().Where(f => f.CollectionId == of.Id).Select(f => (Name: $"{c.Name}_via_{f.Name}", To: c.Id))))
                .ToList();
            if (steps.Count == 0) break;
            var step = Pick(steps);
            text += step.Name + ".";
            of = world.Collections.First(c => c.Id == step.To);
        }
        var field = Pick(of.Fields);
        text += field.Name;
        switch (field.Type)
        {
            case FieldType.Json when random.Next(3) > 0:
                return new($"{text}.{Pick(Pools.Keys)}{(random.Next(6) == 0 ? ":lower" : "")}", FieldType.Json);
            case FieldType.GeoPoint when random.Next(4) > 0:
                return new($"{text}.{(random.Next(2) == 0 ? "lon" : "lat")}", FieldType.Number);
            case FieldType.Select or FieldType.File or FieldType.Relation when random.Next(4) == 0:
                return new(text + ":length", FieldType.Number);
            case FieldType.Select or FieldType.File or FieldType.Relation when !forSort && random.Next(3) > 0:
                return new(text + ":each", field.Type, of, field);
            default:
                return new(random.Next(7) == 0 ? text + ":lower" : text, field.Type, of, field);
        }
    }

    /// <summary>A literal to compare a side with: mostly one that its field holds in some record.</summary>
    public string LiteralFor(Operand side)
    {
        if (side is { At: { } at, Field: { } field } && random.Next(3) > 0)
        {
            var held = field.Name == "id"
                ? world.Rows.Where(r => r.Collection == at.Name).Select(r => Pools.Quote(r.Id)).ToList()
                : world.Rows.Where(r => r.Collection == at.Name).Select(r => r.Values.GetValueOrDefault(field.Name)).OfType<string>().ToList();
            if (held.Count > 0) return Spelled(Pick(held), side.Text.EndsWith(":each", StringComparison.Ordinal));
        }
        return LiteralLike(side.Like);
    }

    /// <summary>A literal of a type, mostly one that the data holds, too.</summary>
    public string LiteralLike(FieldType type) => random.Next(12) == 0 ? Pick((string[])["null", "\"\"", "true", "false"]) : type switch
    {
        FieldType.Number => random.Next(4) == 0 ? Pools.Quote(Pools.Number(Pick(Pools.Numbers))) : Pools.Digits(Pick(Pools.Numbers)),
        FieldType.Bool => Pick((string[])["true", "false", "1", "0", "\"true\"", "\"1\""]),
        FieldType.Date or FieldType.Autodate => random.Next(3) == 0 ? Pick(Pools.Macros) : Pools.Quote(Pick(Pools.Dates)),
        FieldType.Email => Pools.Quote(Pick(Pools.Emails)),
        FieldType.Url => Pools.Quote(Pick(Pools.Urls)),
        FieldType.Select => Pools.Quote(Pick(Pools.Choices)),
        FieldType.File => Pools.Quote(Pick(Pools.Choices) + ".txt"),
        FieldType.Relation => Pools.Quote($"r{random.Next(1, 7)}"),
        FieldType.Json => random.Next(4) switch
        {
            0 => Pools.Digits(Pick(Pools.Numbers)),
            1 => Pools.Quote(Pick(Pools.Texts)),
            2 => Pools.Quote(Pick(Pools.Json)),
            _ => Pick((string[])["null", "true", "false", "\"a\"", "1", "10", "\"\""]),
        },
        FieldType.GeoPoint => Pools.Quote(Pick(Pools.Points)),
        _ => Pools.Quote(Pick(Pools.Texts)),
    };

    /// <summary>A JSON value in the words of the filter language.</summary>
    private string Spelled(string json, bool item)
    {
        var value = JsonElement.Parse(json);
        switch (value.ValueKind)
        {
            case JsonValueKind.Number:
                return Pools.Digits(value.GetDouble());
            case JsonValueKind.Array when item && value.GetArrayLength() > 0:
                return Spelled(value[random.Next(value.GetArrayLength())].GetRawText(), false);
            case JsonValueKind.Array or JsonValueKind.Object:
                return Pools.Quote(json);
            case JsonValueKind.String when random.Next(4) == 0:
                // A part of it, for patterns.
                var text = value.GetString()!;
                return Pools.Quote(text.Length < 2 ? text : char.IsSurrogate(text[0]) ? text : text[..1]);
            default:
                return json;
        }
    }

    /// <summary>A literal of any type.</summary>
    public string AnyLiteral() => LiteralLike(Pick(Enum.GetValues<FieldType>()));

    private Operand EveryOf()
    {
        var collection = Pick(world.Collections);
        var path = Path(collection, forSort: false);
        return path with { Text = $"@collection.{collection.Name}{(random.Next(4) == 0 ? ":other" : "")}.{path.Text}" };
    }

    private Operand Submitted(Collection of)
    {
        var field = Pick(of.Fields);
        var name = "@request.body." + field.Name;
        return random.Next(6) switch
        {
            0 => new(name + ":isset", FieldType.Bool),
            1 => new(name + ":changed", FieldType.Bool),
            2 when field.Multiple => new(name + ":each", field.Type),
            3 when field.Multiple => new(name + ":length", FieldType.Number),
            4 when field.Type == FieldType.Relation => new(name + ".id", FieldType.Relation),
            5 => new(name + ":lower", field.Type),
            _ => new(name, field.Type),
        };
    }

    private string Distance(Collection of)
    {
        var places = of.Fields.Where(f => f.Type == FieldType.GeoPoint).ToList();
        string[] point = places.Count == 0 || random.Next(4) == 0
            ? [Numeric(of), Numeric(of)]
            : Pick(places) is var place ? [place.Name + ".lon", place.Name + ".lat"] : [];
        return $"geoDistance({point[0]}, {point[1]}, {Pick((string[])["23.32, 42.70", "0, 0", "-180, 90", "2.35, 48.85", "null, 1"])})";
    }

    private string Numeric(Collection of) => random.Next(2) == 0 ? Pools.Digits(Pick((double[])[0, 1, 23.32, -180, 90, 12.5, 200, -91])) : Path(of, forSort: false).Text;

    private string DateFormat(Collection of)
    {
        var time = random.Next(8) switch
        {
            0 => "",
            1 => ", \"now\"",
            2 => $", {Pools.Quote(Pick(Pools.Dates))}",
            3 => $", {Pools.Digits(Pick((double[])[0, 1738577472, 2460709.5, 1e6, -1, 2.5]))}",
            4 => $", {Pools.Quote(Pick(Pools.Times))}",
            _ => $", {Path(of, forSort: false).Text}",
        };
        var modifiers = time.Length == 0 ? "" : string.Concat(Enumerable.Range(0, Math.Max(0, random.Next(4) - 1)).Select(_ => $", \"{Pick(Pools.DateModifiers)}\""));
        return $"strftime({Pools.Quote(Pick(Pools.DateFormats))}{time}{modifiers})";
    }

    private T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];
}
