using System.Text;
using Hearth.Data;
using Hearth.Data.Postgres;
using Hearth.Planning;
using Hearth.Schema;
using Npgsql;

namespace Hearth.Tests.Postgres;

/// <summary>A started engine on a database of its own, and a way past it to the server.</summary>
internal sealed class PostgresDatabase : IAsyncDisposable
{
    private PostgresDatabase(string address, PostgresEngine engine) => (Address, Engine) = (address, engine);

    public static Collection Things { get; } = new()
    {
        Id = "things", Name = "things",
        Fields = [new TextField { Name = "id", Id = "id", PrimaryKey = true, Required = true }, new TextField { Name = "name", Id = "name" }, new NumberField { Name = "n", Id = "n" }],
        Indexes = [new IndexDefinition("idx_name", true, [new IndexColumn("name", Collation: "NOCASE")], "name != ''")],
    };

    public string Address { get; }

    public PostgresEngine Engine { get; }

    public static async Task<PostgresDatabase> OpenAsync(Func<PostgresEngineOptions, PostgresEngineOptions>? configure = null)
    {
        var name = $"hearth_{Guid.NewGuid():N}";
        await PostgresCluster.OfThisRun.MakeAsync(name, await PreparedData.TablesAsync());
        var address = PostgresCluster.OfThisRun.AddressOf(name);
        var options = new PostgresEngineOptions { ConnectionString = address };
        var database = new PostgresDatabase(address, new PostgresEngine(configure?.Invoke(options) ?? options, TimeProvider.System));
        await database.Engine.StartAsync(default);
        await database.Engine.WriteAsync(async session =>
        {
            await session.ApplyAsync(new CreateTable(Things), default);
            await session.ApplyAsync(new CreateIndex(Things, Things.Indexes[0]), default);
            return true;
        }, null, default);
        return database;
    }

    public static InsertRow Row(string id, string name = "", double n = 0) => new(Things, [FieldValue.Text(id), FieldValue.Text(name), FieldValue.Number(n)]);

    public static ReadPlan All() => new() { From = new BaseSource(Things), Columns = [.. Things.Fields.Select(f => new OutputColumn(f))] };

    public static ReadPlan One(string id)
    {
        var plan = All();
        return plan with { Where = new IdIn(plan.From, [id]), Limit = 1 };
    }

    /// <summary>Adds to the number of a row inside a session: reads it, waits, writes it.</summary>
    public static async ValueTask<bool> AddAsync(WriteSession session, string id, double more)
    {
        double n;
        using (var rows = await session.QueryAsync(One(id), default))
        {
            if (!await rows.NextAsync(default)) return false;
            n = rows.RealOf(2);
        }
        await Task.Yield();
        return await session.ExecuteAsync(new UpdateRow(Things, id, [new Assignment(Things.Fields[2], FieldValue.Number(n + more))]), default) is null;
    }

    public async Task<DataFault?> InsertAsync(string id, string name = "", double n = 0) =>
        await Engine.WriteAsync(session => session.ExecuteAsync(Row(id, name, n), default), null, default);

    /// <summary>The rows as <c>id name n</c>, in storage order.</summary>
    public async Task<string> TellAsync()
    {
        using var session = await Engine.ReadAsync(default);
        using var rows = await session.QueryAsync(All(), default);
        var told = new List<string>();
        while (await rows.NextAsync(default)) told.Add($"{Encoding.UTF8.GetString(rows.Utf8Of(0))} {Encoding.UTF8.GetString(rows.Utf8Of(1))} {rows.IntegerOf(2)}");
        return string.Join(", ", told);
    }

    /// <summary>Runs SQL past the engine, as an administrator would.</summary>
    public async Task<object?> AdministerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Address) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    public ValueTask DisposeAsync() => Engine.DisposeAsync();
}
