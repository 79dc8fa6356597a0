using Hearth.Data;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Resources.Settings;

/// <summary>Named JSON values of the app itself, in the table <c>_params</c>.</summary>
public sealed class ParameterStore(Engine engine, TimeProvider clock)
{
    private static readonly Collection Table = InternalTables.Params;

    /// <summary>The JSON text stored under a name, or null.</summary>
    public async ValueTask<string?> FindAsync(string name, CancellationToken stop)
    {
        using var session = await engine.ReadOnceAsync(stop);
        return await FindAsync(session, name, stop);
    }

    /// <summary>Stores a JSON text under a name.</summary>
    public async ValueTask SaveAsync(string name, string json, CancellationToken stop)
    {
        var now = FieldValue.Text(Basics.DateText.Of(clock.GetUtcNow()));
        var fault = await engine.WriteAsync<DataFault?>(
            async session => await FindAsync(session, name, stop) is null
                ? await session.ExecuteAsync(new InsertRow(Table, RowOf(name, json, now)), stop)
                : await session.ExecuteAsync(new UpdateRow(Table, name, [new Assignment(FieldOf("value"), FieldValue.Json(json)), new Assignment(FieldOf("updated"), now)]), stop),
            static refused => refused is null,
            stop);
        if (fault is not null) throw new DataException(fault);
    }

    private static async ValueTask<string?> FindAsync(ReadSession session, string name, CancellationToken stop)
    {
        var from = new BaseSource(Table);
        using var rows = await session.QueryAsync(new ReadPlan { From = from, Columns = [new OutputColumn(FieldOf("value"))], Where = new IdIn(from, [name]), Limit = 1 }, stop);
        return await rows.NextAsync(stop) ? System.Text.Encoding.UTF8.GetString(rows.Utf8Of(0)) : null;
    }

    private static FieldValue[] RowOf(string name, string json, FieldValue now)
    {
        var row = new FieldValue[Table.Fields.Length];
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = Table.Fields[i].Name switch
            {
                "id" => FieldValue.Text(name),
                "value" => FieldValue.Json(json),
                _ => now,
            };
        }
        return row;
    }

    private static Field FieldOf(string name) => Table.FindField(name) ?? throw new InvalidOperationException($"_params has no column {name}.");
}
