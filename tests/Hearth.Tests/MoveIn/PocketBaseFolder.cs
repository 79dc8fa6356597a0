using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Hearth.App;
using Hearth.App.MovingIn;
using Hearth.Basics;
using Hearth.Records.Moving;
using Hearth.Tests.Moving;
using Microsoft.Data.Sqlite;

namespace Hearth.Tests.MoveIn;

/// <summary>A <c>pb_data</c> folder, made from the words of the contract (14), and a place beside it for the app that it becomes.</summary>
internal sealed class PocketBaseFolder : IAsyncDisposable
{
    /// <summary>The password of every account.</summary>
    public const string Password = "old password 1";

    private readonly MoveWorld world = new();

    private PocketBaseFolder()
    {
    }

    /// <summary>The folder.</summary>
    public string Path => System.IO.Path.Combine(world.Root, "pb_data");

    /// <summary>Folders and databases beside it.</summary>
    public MoveWorld World => world;

    /// <summary>Makes one.</summary>
    /// <param name="name"><c>current</c>, or <c>old</c> for one that lived through old versions and hands.</param>
    /// <param name="sql">What somebody has done with it afterwards.</param>
    /// <param name="log">Leaves the last changes in the log, as a killed server does.</param>
    public static PocketBaseFolder Make(string name = "current", string sql = "", bool log = false)
    {
        var folder = new PocketBaseFolder();
        var made = System.IO.Path.Combine(folder.world.Root, "made");
        Directory.CreateDirectory(made);
        Directory.CreateDirectory(folder.Path);
        using (var database = new SqliteConnection($"Data Source={System.IO.Path.Combine(made, "data.db")};Pooling=False"))
        {
            database.Open();
            Run(database, "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0;");
            Run(database, "BEGIN;\n" + File.ReadAllText(Fixture($"{name}.sql")) + "\nCOMMIT;");
            if (!log) Run(database, "PRAGMA wal_checkpoint(TRUNCATE);");
            Run(database, sql);
            if (log) foreach (var part in new[] { "data.db", "data.db-wal" }) File.Copy(System.IO.Path.Combine(made, part), System.IO.Path.Combine(folder.Path, part));
        }
        if (!log) File.Copy(System.IO.Path.Combine(made, "data.db"), System.IO.Path.Combine(folder.Path, "data.db"));
        Directory.Delete(made, recursive: true);
        return folder;
    }

    /// <summary>Puts a file into the storage, with its attributes unless they are null.</summary>
    public void Add(string key, string content, string? type = null)
    {
        var path = System.IO.Path.Combine(Path, "storage", key);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        if (type is null) return;
        var md5 = Convert.ToBase64String(MD5.HashData(Encoding.UTF8.GetBytes(content)));
        File.WriteAllText(path + ".attrs", $$"""{"user.cache_control":"","user.content_disposition":"","user.content_encoding":"","user.content_language":"","user.content_type":"{{type}}","user.metadata":{"original-filename":"as it was.bin"},"md5":"{{md5}}"}""");
    }

    /// <summary>The files that the records of <c>current</c> name.</summary>
    public PocketBaseFolder WithFiles()
    {
        Add("_pb_users_auth_/annannannannann/face_a1b2c3d4e5.png", "\u0089PNG face", "image/png");
        Add("pbc_1125843985/post00000000001/sun_1111111111.png", "sun", "image/png");
        Add("pbc_1125843985/post00000000001/thumbs_sun_1111111111.png/50x50_sun_1111111111.png", "small sun", "image/png");
        Add("pbc_1125843985/post00000000001/one_2222222222.txt", "one", "text/plain; charset=utf-8");
        Add("pbc_1125843985/post00000000001/two_3333333333.bin", "two");
        Add("pbc_papers/paper0000000001/contract_4444444444.pdf", "%PDF-1.7 secret", "application/pdf");
        return this;
    }

    /// <summary>Runs SQL on the database.</summary>
    public void Change(string sql)
    {
        using var database = new SqliteConnection($"Data Source={System.IO.Path.Combine(Path, "data.db")};Pooling=False");
        database.Open();
        Run(database, sql);
    }

    /// <summary>Imports it.</summary>
    public Task<Outcome<MoveInReport>> ImportAsync(MovePlace to, Action<HearthOptions>? configure = null, MoveInOptions? options = null, CancellationToken stop = default) =>
        Hearth.App.MovingIn.MoveIn.RunAsync(Path, OptionsOf(to, configure), options ?? new MoveInOptions(), stop);

    /// <summary>How an app on a place is set up.</summary>
    public static HearthOptions OptionsOf(MovePlace place, Action<HearthOptions>? configure = null)
    {
        var options = new HearthOptions { DataDirectory = place.Folder, PasswordCost = new(64, 1) };
        if (place.Postgres is not null) options.UsePostgres(place.Postgres);
        configure?.Invoke(options);
        return options;
    }

    /// <summary>Every file with the hash of its content and when it was changed.</summary>
    public string Tell() => string.Join('\n', Directory.EnumerateFileSystemEntries(Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        .Select(file => $"{System.IO.Path.GetRelativePath(Path, file)} {File.GetLastWriteTimeUtc(file).Ticks} {(Directory.Exists(file) ? "" : Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file))))}"));

    public ValueTask DisposeAsync() => world.DisposeAsync();

    private static void Run(SqliteConnection database, string sql)
    {
        if (sql.Length == 0) return;
        using var command = database.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static string Fixture(string name, [CallerFilePath] string here = "") => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(here)!, "..", "..", "movein", name);
}
