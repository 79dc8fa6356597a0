using System.Text;
using System.Text.Json;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Schema;

namespace Hearth.Resources.Settings;

/// <summary>Named values of the app itself, in the table <c>_params</c>: JSON objects, or such that were encrypted.</summary>
public sealed class ParameterStore(Engine engine, TimeProvider clock)
{
    private static readonly Collection Table = InternalTables.Params;

    /// <summary>The JSON text stored under a name, or null.</summary>
    public async ValueTask<string?> FindAsync(string name, CancellationToken stop)
    {
        using var session = await engine.ReadOnceAsync(stop);
        return await FindAsync(session, name, stop);
    }

    /// <summary>
    /// Stores what the function makes of the JSON text under a name (null when there is none), and tells all nodes by a signal whose topic is that name.
    /// Nothing changes the text in between. What <paramref name="also"/> makes of the text before and after is written with it. A fault of the function comes back and nothing is stored. The function may be called more than once.
    /// </summary>
    public async ValueTask<Outcome<string>> ChangeAsync(string name, Func<string?, Outcome<string>> change, CancellationToken stop, Func<string?, string, IEnumerable<WritePlan>>? also = null)
    {
        for (var tries = 1; ; tries++)
        {
            DataFault? refused = null;
            var changed = await engine.WriteAsync(
                async session =>
                {
                    var stored = await FindAsync(session, name, stop);
                    var json = change(stored);
                    if (json.Failed(out _, out var text)) return json;
                    refused = await session.ExecuteAsync(stored is null ? Insert(name, text) : Update(name, text), stop);
                    if (refused is null) await DoAsync(session, also?.Invoke(stored, text) ?? [], stop);
                    session.Tell(name, "");
                    return json;
                },
                result => refused is null && !result.Failed(out _),
                stop);
            if (refused is null) return changed;
            // Another node may have stored the first one.
            if (refused.Kind != DataFaultKind.NotUnique || tries > 1) throw new DataException(refused);
        }
    }

    /// <summary>The JSON text under a name as a session sees it, or null.</summary>
    public static async ValueTask<string?> FindAsync(ReadSession session, string name, CancellationToken stop)
    {
        var from = new BaseSource(Table);
        using var rows = await session.QueryAsync(new ReadPlan { From = from, Columns = [new OutputColumn(FieldOf("value"))], Where = new IdIn(from, [name]), Limit = 1 }, stop);
        if (!await rows.NextAsync(stop)) return null;
        var text = Encoding.UTF8.GetString(rows.Utf8Of(0));
        return text.StartsWith('"') ? JsonSerializer.Deserialize(text, PlainJson.Default.String) : text;
    }

    /// <summary>Stores a JSON text within a write that keeps others from storing one under the same name.</summary>
    public async ValueTask StoreAsync(WriteSession session, string name, string json, CancellationToken stop)
    {
        var plan = await FindAsync(session, name, stop) is null ? (WritePlan)Insert(name, json) : Update(name, json);
        if (await session.ExecuteAsync(plan, stop) is { } refused) throw new DataException(refused);
    }

    private static async ValueTask DoAsync(WriteSession session, IEnumerable<WritePlan> plans, CancellationToken stop)
    {
        foreach (var plan in plans)
        {
            if (await session.ExecuteAsync(plan, stop) is { } refused) throw new DataException(refused);
        }
    }

    private FieldValue Now => FieldValue.Text(DateText.Of(clock.GetUtcNow()));

    // What is encrypted is no JSON.
    private FieldValue Held(string text) => text.StartsWith('{')
        ? FieldValue.Json(text)
        : engine.TakesAnyJson ? FieldValue.Text(text) : FieldValue.Json(JsonSerializer.Serialize(text, PlainJson.Default.String));

    private InsertRow Insert(string name, string json)
    {
        var row = new FieldValue[Table.Fields.Length];
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = Table.Fields[i].Name switch
            {
                "id" => FieldValue.Text(name),
                "value" => Held(json),
                _ => Now,
            };
        }
        return new InsertRow(Table, row);
    }

    private UpdateRow Update(string name, string json) =>
        new(Table, name, [new Assignment(FieldOf("value"), Held(json)), new Assignment(FieldOf("updated"), Now)]);

    private static Field FieldOf(string name) => Table.FindField(name) ?? throw new InvalidOperationException($"_params has no column {name}.");
}
