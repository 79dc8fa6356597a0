using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hearth.App;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Records.Moving;
using Hearth.Records.Transfer;
using Hearth.Schema;
using Hearth.Schema.Changes;
using Hearth.Tests.Postgres;
using Npgsql;
using Shouldly;

namespace Hearth.Tests.Moving;

/// <summary>Folders and databases of one test, and what there is to see in them. Both engines, whatever the engine of the run.</summary>
internal sealed class MoveWorld : IAsyncDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("hearth-move-").FullName;

    public string Root => root;

    /// <summary>A folder that is not there yet.</summary>
    public MovePlace Folder(string name) => new(Path.Combine(root, name), null);

    /// <summary>An empty database, whose files are in a folder.</summary>
    public async Task<MovePlace> DatabaseAsync(string files = "files")
    {
        var name = $"hearth_move_{Guid.NewGuid():N}";
        return new MovePlace(Path.Combine(root, files), await PostgresCluster.OfThisRun.DatabaseAsync(name));
    }

    /// <summary>An app on a place, as a program opens it.</summary>
    public static async Task<HearthApp> OpenAsync(MovePlace place, bool setup = false)
    {
        var options = new HearthOptions { DataDirectory = place.Folder, PasswordCost = new(64, 1), OfferSetup = setup };
        if (place.Postgres is not null) options.UsePostgres(place.Postgres);
        var app = new HearthBuilder(options).Build();
        try
        {
            await app.StartAsync();
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Does something with an app and closes it.</summary>
    public static async Task<T> WithAsync<T>(MovePlace place, Func<HearthApp, Task<T>> work)
    {
        await using var app = await OpenAsync(place);
        return await work(app);
    }

    public static Task WithAsync(MovePlace place, Func<HearthApp, Task> work) => WithAsync(place, async app =>
    {
        await work(app);
        return true;
    });

    public static Task<Outcome<MoveReport>> MoveAsync(MovePlace from, MovePlace to, MoveOptions? options = null, CancellationToken stop = default) =>
        DataMove.RunAsync(from, to, options ?? new MoveOptions(), stop);

    /// <summary>Everything that can be seen of a place: definitions with secrets, settings, every row with every hidden column, exports.</summary>
    public static Task<string> TellAsync(MovePlace place) => WithAsync(place, async app =>
    {
        var told = new StringBuilder();
        // Everything that was noted has its place in the chain, which must hold on both sides.
        await app.Audit.SealAsync(default);
        (await app.Audit.VerifyAsync(0, default)).Problems.ShouldBeEmpty();
        Collection[] own = [InternalTables.Audit, InternalTables.Params];
        foreach (var collection in own.Concat(app.Schema.Collections))
        {
            if (!own.Contains(collection)) told.AppendLine(CollectionJson.ToStorage(collection).ToString());
            if (collection.Type != CollectionType.View) told.AppendLine(await RowsAsync(app, collection));
            if (own.Contains(collection)) continue;
            using var file = new MemoryStream();
            (await app.Transfer.ExportAsync(file, new ExportOptions { Collection = collection.Name, Format = TransferFormat.Ndjson })).Failed(out var fault);
            if (fault is not null) throw new InvalidOperationException(fault.Message);
            told.AppendLine(Sorted(collection, Encoding.UTF8.GetString(file.ToArray())));
        }
        return told.ToString();
    });

    /// <summary>Hashes of all files in a folder but the marks of who has it open.</summary>
    public static string HashOf(string folder) => string.Join('\n', Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Where(file => Path.GetExtension(file) is not (".lock" or ".pid" or ".db-shm"))
        .Order(StringComparer.Ordinal)
        .Select(file => $"{Path.GetRelativePath(folder, file)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))}"));

    public static async Task DefineAsync(HearthApp app, string collections)
    {
        JsonElement[] entries = [.. JsonElement.Parse(collections).EnumerateArray()];
        var changed = await app.Schemas.ChangeAsync(schema => Proposals.Import(schema, entries, false, app.Schemas.Now), CancellationToken.None);
        if (changed.Failed(out var fault)) throw new InvalidOperationException($"{fault.Message} {string.Join(", ", fault.Data.Entries)} {fault.Cause}");
    }

    public static async Task<Record> AddAsync(HearthApp app, string collection, string json)
    {
        var body = JsonElement.Parse(json).EnumerateObject().ToDictionary(member => member.Name, member => member.Value);
        var created = await app.Records.CreateAsync(app.Schema, app.Schema.Find(collection)!, new Submission(body), RequestFacts.None);
        return created.Failed(out var fault) ? throw new InvalidOperationException($"{fault.Message} {string.Join(", ", fault.Data.Entries)} {fault.Cause}") : created.Value;
    }

    /// <summary>Adds rows past validation and hooks.</summary>
    public static Task InsertAsync(HearthApp app, string collection, IReadOnlyList<IReadOnlyList<FieldValue>> rows) => app.Engine.WriteAsync(
        async session =>
        {
            await session.InsertManyAsync(app.Schema.Find(collection)!, rows, default);
            return true;
        },
        null, default);

    /// <summary>Runs SQL as somebody who goes past Hearth.</summary>
    public static void Administer(MovePlace place, string sql)
    {
        using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(place.Postgres) { Pooling = false }.ConnectionString);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(root, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static async Task<string> RowsAsync(HearthApp app, Collection collection)
    {
        using var session = await app.Engine.ReadAsync(default);
        using var rows = await session.QueryAsync(new ReadPlan { From = new BaseSource(collection), Columns = [.. collection.Fields.Select(field => new OutputColumn(field))] }, default);
        var lines = new List<string>();
        while (await rows.NextAsync(default)) lines.Add(string.Join('|', RowValues.Read(rows, collection.Fields).Select(value => $"{value.Kind}:{value}")));
        return string.Join('\n', lines);
    }

    // Only tables have an order of their own.
    private static string Sorted(Collection collection, string lines) =>
        collection.Type == CollectionType.View ? string.Join('\n', lines.Split('\n').Order(StringComparer.Ordinal)) : lines;
}
