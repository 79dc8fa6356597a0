using System.Buffers;
using System.Text;
using System.Text.Json;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Tests.Differential;

/// <summary>One of the engines that are compared: it is given worlds, one after the other, and asked about them.</summary>
internal sealed class Side(string name, Engine engine, Func<Task> remove) : IAsyncDisposable
{
    private readonly List<Collection> tables = [];

    public string Name => name;

    /// <summary>Puts a world in the place of the one before. Tells what became of its rows.</summary>
    public Task<string> LoadAsync(World world) => TellAsync(() => engine.WriteAsync(async session =>
    {
        foreach (var table in tables) await session.ApplyAsync(new DropTable(table), default);
        foreach (var collection in world.Collections)
        {
            await session.ApplyAsync(new CreateTable(collection), default);
            foreach (var index in collection.Indexes) await session.ApplyAsync(new CreateIndex(collection, index), default);
        }
        var told = new StringBuilder();
        foreach (var row in world.Rows)
        {
            if (await session.ExecuteAsync(new InsertRow(world.Find(row.Collection), world.ValuesOf(row)), default) is { } fault)
            {
                // Which of several unique indexes is named is up to the engine (semantics.md).
                var named = world.Find(row.Collection).Indexes.Count(i => i.Unique) > 1 ? "" : string.Join(',', fault.Columns);
                told.Append($"{row.Collection} {row.Id}: {fault.Kind} {named}\n");
            }
        }
        tables.Clear();
        tables.AddRange(world.Collections);
        return told.ToString();
    }, null, default));

    /// <summary>Does something to the world; tells whether it was refused.</summary>
    public Task<string> DoAsync(Deed deed, World world) => TellAsync(async () =>
    {
        var fault = await engine.WriteAsync(session => deed.DoAsync(session, world), null, default);
        return fault is null ? "done\n" : $"refused: {fault.Kind} {string.Join(',', fault.Columns)}\n";
    });

    /// <summary>All rows of a world, in the order in which they were made.</summary>
    public async Task<string> TellAllAsync(World world)
    {
        var told = new StringBuilder();
        foreach (var collection in world.Collections)
        {
            var plan = new ReadPlan { From = new BaseSource(collection), Columns = [.. collection.Fields.Select(field => new OutputColumn(field))] };
            told.Append(collection.Name).Append(": ").Append(await AskAsync(plan));
        }
        return told.ToString();
    }

    /// <summary>The answer as text: total, then a line of JSON for each record. What the planner refuses never gets here.</summary>
    public Task<string> AskAsync(ReadPlan plan) => TellAsync(async () =>
    {
        using var session = await engine.ReadAsync(default);
        var any = await session.AnyAsync(plan, default);
        if (plan.Columns.IsEmpty) return $"any {any}\n";
        var told = new StringBuilder($"any {any}, {await session.CountAsync(plan, default)} in all\n");
        var json = new RowJson(plan.Columns);
        var lines = new List<string>();
        using var rows = await session.QueryAsync(plan, default);
        while (await rows.NextAsync(default)) lines.Add(Line(json, rows));
        // Random order is the one thing that may differ.
        if (plan.Sort.Any(key => key.By is RandomOrder)) lines.Sort(StringComparer.Ordinal);
        foreach (var line in lines) told.Append(line).Append('\n');
        return told.ToString();
    });

    public async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync();
        await remove();
    }

    private static string Line(RowJson json, RowCursor row)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            json.WriteMembers(writer, row);
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static async Task<string> TellAsync(Func<Task<string>> ask)
    {
        try
        {
            return await ask();
        }
        catch (DataException refused)
        {
            // What a fault says to a superuser is in the engine's own words; what kind it is decides the answer of a client.
            return $"refused: {refused.Fault.Kind} {string.Join(',', refused.Fault.Columns)}\n";
        }
    }
}
