using System.Collections.Immutable;
using System.Text;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Tests.Meaning;

/// <summary>A started engine, that of the test run unless another is given, with short ways to make tables and rows and to ask.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private TestDatabase(Engine engine, string folder) => (Engine, Folder) = (engine, folder);

    public Engine Engine { get; }

    public string Folder { get; }

    public static string NewFolder() => Directory.CreateTempSubdirectory("hearth-test-").FullName;

    public static async Task<TestDatabase> OpenAsync(params Collection[] collections)
    {
        var folder = NewFolder();
        return await OpenAsync(await TestEngine.OpenAsync(folder), folder, collections);
    }

    public static async Task<TestDatabase> OpenAsync(Engine engine, string folder, params Collection[] collections)
    {
        await engine.StartAsync(default);
        var database = new TestDatabase(engine, folder);
        await database.ApplyAsync([.. collections.SelectMany(StepsFor)]);
        return database;
    }

    public static IEnumerable<SchemaStep> StepsFor(Collection collection) => collection.Type == CollectionType.View
        ? [new CreateView(collection, collection.ViewQuery ?? "")]
        : [new CreateTable(collection), .. collection.Indexes.Select(i => new CreateIndex(collection, i))];

    public Task ApplyAsync(params SchemaStep[] steps) => Engine.WriteAsync(async session =>
    {
        foreach (var step in steps) await session.ApplyAsync(step, default);
        return true;
    }, null, default);

    /// <summary>Inserts a row; fields that are not named get their zero value.</summary>
    public Task<DataFault?> InsertAsync(Collection collection, params (string Field, object? Value)[] values) =>
        Engine.WriteAsync(session => session.ExecuteAsync(Insert(collection, values), default), null, default);

    public static InsertRow Insert(Collection collection, params (string Field, object? Value)[] values)
    {
        var row = collection.Fields.Select(f => f.Zero).ToArray();
        foreach (var (field, value) in values) row[collection.OrdinalOf(field)] = Value(value);
        return new InsertRow(collection, row);
    }

    public static FieldValue Value(object? value) => value switch
    {
        null => FieldValue.Null,
        FieldValue ready => ready,
        string text => FieldValue.Text(text),
        bool truth => FieldValue.Bool(truth),
        int or double or long => FieldValue.Number(Convert.ToDouble(value)),
        string[] list => FieldValue.List(list),
        _ => throw new NotSupportedException(value.GetType().Name),
    };

    /// <summary>The ids of a plan's rows, joined with spaces.</summary>
    public async Task<string> IdsAsync(ReadPlan plan)
    {
        var id = plan.From.Collection!.FindField("id")!;
        using var session = await Engine.ReadAsync(default);
        using var rows = await session.QueryAsync(plan with { Columns = [new OutputColumn(id)] }, default);
        var ids = new List<string>();
        while (await rows.NextAsync(default)) ids.Add(Encoding.UTF8.GetString(rows.Utf8Of(0)));
        return string.Join(' ', ids);
    }

    public async Task<long> CountAsync(ReadPlan plan)
    {
        using var session = await Engine.ReadAsync(default);
        return await session.CountAsync(plan, default);
    }

    /// <summary>All cells of a query as text: rows joined with newlines, columns with bars, NULL as a dash.</summary>
    public async Task<string> SqlAsync(string sql, params FieldValue[] parameters)
    {
        using var session = await Engine.ReadAsync(default);
        using var rows = await session.QueryNativeSqlAsync(sql, parameters, default);
        var lines = new List<string>();
        while (await rows.NextAsync(default))
        {
            lines.Add(string.Join('|', Enumerable.Range(0, rows.ColumnCount)
                .Select(i => rows.KindOf(i) == CellKind.Null ? "-" : Encoding.UTF8.GetString(rows.Utf8Of(i)))));
        }
        return string.Join('\n', lines);
    }

    public Task<long> ExecuteAsync(string sql) => Engine.WriteAsync(session => session.ExecuteNativeSqlAsync(sql, [], default), null, default);

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        await TestEngine.RemoveAsync(Folder);
    }
}
