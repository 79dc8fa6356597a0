using System.Text.Json;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Schema;
using Hearth.Schema.Sql;
using Hearth.Schema.Stock;
using Hearth.Schema.Values;

namespace Hearth.App.MovingIn.Source;

/// <summary>The collections of a source as Hearth understands them. What it does not understand is left out with a note; secrets, ids and options stay.</summary>
internal sealed class SourceDefinitions(WriteSession session, SourceNotes notes)
{
    private static readonly string[] Columns =
    [
        "id", "system", "type", "name", "fields", "indexes", "listRule", "viewRule", "createRule", "updateRule", "deleteRule", "options", "created", "updated",
    ];

    // Of upstream's own collections the contract says what they are (4.4); all others that Hearth has beside them are its own.
    private static readonly HashSet<string> Shared = new(["_superusers", "_externalAuths", "_mfas", "_otps", "_authOrigins", "users"], StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> Internal => Migrations.All.SelectMany(migration => migration.Steps).OfType<CreateTable>().Select(step => step.Collection.Name);

    /// <summary>Reads them in the order in which they were made.</summary>
    public async Task<Outcome<List<Collection>>> ReadAsync(CancellationToken stop)
    {
        var own = SystemCollections.Create().Select(collection => collection.Name).Concat(Internal).Where(name => !Shared.Contains(name)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var there = await NativeRows.ColumnsAsync(session, "_collections", stop);
        var wanted = Columns.Select(column => there.Contains(column) ? $"\"{column}\"" : "NULL");
        var collections = new List<Collection>();
        foreach (var row in await NativeRows.ListAsync(session, $"SELECT {string.Join(", ", wanted)} FROM \"_collections\" ORDER BY rowid", stop))
        {
            var stored = Mend(new StoredCollection
            {
                Id = row[0] ?? "",
                System = row[1] is "1" or "true" or "TRUE",
                Type = row[2] ?? "",
                Name = row[3] ?? "",
                Fields = row[4] ?? "[]",
                Indexes = row[5] ?? "[]",
                ListRule = row[6],
                ViewRule = row[7],
                CreateRule = row[8],
                UpdateRule = row[9],
                DeleteRule = row[10],
                Options = row[11] ?? "{}",
                Created = row[12] ?? "",
                Updated = row[13] ?? "",
            });
            if (own.Contains(stored.Name)) return MoveInFaults.Taken(stored.Name);
            try
            {
                var collection = CollectionJson.FromStorage(stored);
                collections.Add(collection.Type == CollectionType.View ? collection : WithOldPasswords(SystemCollections.Complete(collection)));
            }
            catch (InvalidDataException broken)
            {
                return MoveInFaults.Definition(broken.Message);
            }
        }
        return collections;
    }

    // The old app took any password, and so do its test and seed scripts.
    private static Collection WithOldPasswords(Collection collection) => collection.Auth is not { } auth ? collection : collection with { Auth = auth with { PasswordAuth = auth.PasswordAuth with { AllowTrivial = true } } };

    private StoredCollection Mend(StoredCollection stored) => stored with
    {
        Fields = Kept(stored.Fields, field => field.ValueKind == JsonValueKind.Object && field.TryGetProperty("type", out var type) && FieldTypes.Parse(Coercion.Text(type)) is not null
            ? null
            : $"{stored.Name}: a field of a type that Hearth does not know is left out: {Excerpt(field.GetRawText())}"),
        Indexes = Kept(stored.Indexes, index => IndexStatement.Parse(Coercion.Text(index)) is not null ? null : $"{stored.Name}: an index that cannot be read is left out, because it is no CREATE INDEX: {Excerpt(Coercion.Text(index))}"),
        Options = stored.Options.Length == 0 ? "{}" : stored.Options,
    };

    private string Kept(string list, Func<JsonElement, string?> whyNot)
    {
        if (!Coercion.TryParse(list.Length == 0 ? "[]" : list, out var parsed) || parsed.ValueKind != JsonValueKind.Array) return list;
        var kept = new List<string>();
        foreach (var item in parsed.EnumerateArray())
        {
            if (whyNot(item) is { } reason) notes.AddLost(reason);
            else kept.Add(item.GetRawText());
        }
        return $"[{string.Join(',', kept)}]";
    }

    private static string Excerpt(string text) => text.Length <= 100 ? text : text[..100] + "…";
}
