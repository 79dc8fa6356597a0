using System.Collections.Immutable;
using System.Text.Json;
using Hearth.Basics;
using Hearth.Schema.Sql;

namespace Hearth.Schema.Wire;

/// <summary>Reads collections that clients send (contract 4.2 and 4.6).</summary>
internal static class CollectionReader
{
    /// <summary>A new collection, or an existing one with the members that were sent.</summary>
    public static Outcome<CollectionReading> Read(OptionReader options, Collection? before)
    {
        var state = options.State;
        var faults = new FaultMap();
        var blank = before ?? Blank(ReadType(options, faults));
        var typeText = options.Text("type", blank.Type.WireName());
        if (before is not null && typeText.Length > 0 && typeText != before.Type.WireName())
        {
            faults.Add("type", new FieldFault("validation_collection_type_change", "The collection type cannot be changed."));
        }
        var collection = blank with
        {
            Id = options.Text("id", blank.Id),
            Name = options.Text("name", blank.Name),
            System = options.Flag("system", blank.System),
            Fields = options.Items("fields") is { } fields ? ReadFields(fields, blank, state) : blank.Fields,
            Indexes = options.Texts("indexes", null) is { } indexes ? ReadIndexes(indexes, faults) : blank.Indexes,
            ListRule = options.TextOrNull("listRule", blank.ListRule),
            ViewRule = options.TextOrNull("viewRule", blank.ViewRule),
            CreateRule = options.TextOrNull("createRule", blank.CreateRule),
            UpdateRule = options.TextOrNull("updateRule", blank.UpdateRule),
            DeleteRule = options.TextOrNull("deleteRule", blank.DeleteRule),
            Auth = blank.Auth is { } auth ? AuthOptionsJson.Merge(auth, options) : null,
            ViewQuery = blank.Type == CollectionType.View ? options.Text("viewQuery", blank.ViewQuery ?? "") : null,
            Created = DateText.Normalize(options.Text("created", "")) is { Length: > 0 } created ? created : blank.Created,
        };
        return state.Problem is { } problem
            ? Fault.BadRequest("collections.undecodable", "Failed to load the submitted data due to invalid formatting.").Because(problem)
            : new CollectionReading(collection, faults);
    }

    /// <summary>A collection with nothing but its type.</summary>
    public static Collection Blank(CollectionType type) => new()
    {
        Id = "",
        Name = "",
        Type = type,
        Fields = [],
        Auth = type == CollectionType.Auth ? new AuthOptions() : null,
        ViewQuery = type == CollectionType.View ? "" : null,
    };

    private static CollectionType ReadType(OptionReader options, FaultMap faults)
    {
        var text = options.Text("type", "");
        if (text.Length == 0) return CollectionType.Base;
        if (CollectionTypes.Parse(text) is { } type) return type;
        faults.Add("type", new FieldFault("validation_in_invalid", "Must be a valid value."));
        return CollectionType.Base;
    }

    /// <summary>Fields without an id take that of the existing field of their name and type, else one derived from type and name.</summary>
    private static ImmutableArray<Field> ReadFields(IReadOnlyList<JsonElement> items, Collection before, DecodeState state)
    {
        Field[] fields = [.. items.Select(item => FieldJson.Read(item, state)).OfType<Field>()];
        var used = fields.Where(field => field.Id.Length > 0).Select(field => field.Id).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < fields.Length; i++)
        {
            if (fields[i].Id.Length > 0) continue;
            // One of another type takes the place of the old one.
            var id = before.FindField(fields[i].Name) is { } old && old.Type == fields[i].Type ? old.Id : null;
            if (id is null || !used.Add(id))
            {
                id = DerivedIds.OfField(fields[i], used);
                used.Add(id);
            }
            fields[i] = fields[i] with { Id = id };
        }
        return [.. fields];
    }

    private static ImmutableArray<IndexDefinition> ReadIndexes(IReadOnlyList<string> statements, FaultMap faults)
    {
        var indexes = ImmutableArray.CreateBuilder<IndexDefinition>();
        for (var i = 0; i < statements.Count; i++)
        {
            if (IndexStatement.Parse(statements[i]) is { } index) indexes.Add(index);
            else faults.AddAt($"indexes.{i}", new FieldFault("validation_invalid_index_expression", "Invalid CREATE INDEX expression."));
        }
        return indexes.ToImmutable();
    }
}
