using Hearth.Schema;

namespace Hearth.Data;

/// <summary>
/// The tables in which Hearth keeps itself (contract 14.2), described like any collection so that plans can read and write them. They are
/// not in the snapshot: no client reaches them.
/// </summary>
public static class InternalTables
{
    /// <summary>Definitions of collections.</summary>
    public static Collection Collections { get; } = Table("_collections",
        [
            Key("id"), new BoolField { Name = "system" }, Text("type"), Text("name"), Json("fields"), Json("indexes"),
            Rule("listRule"), Rule("viewRule"), Rule("createRule"), Rule("updateRule"), Rule("deleteRule"), Json("options"),
            Text("created"), Text("updated"),
        ],
        new IndexDefinition("idx__collections_name", true, [new IndexColumn("name", Collation: "NOCASE")], null),
        new IndexDefinition("idx__collections_type", false, [new IndexColumn("type")], null));

    /// <summary>Single values of the app; the settings are the row <c>settings</c>.</summary>
    public static Collection Params { get; } = Table("_params", [Key("id"), Json("value"), Text("created"), Text("updated")]);

    /// <summary>Changes of the internal tables, and of the app, that were done: a name and the time in microseconds since 1970.</summary>
    public static Collection Migrations { get; } = Table("_migrations", [Key("file"), new NumberField { Name = "applied", OnlyInt = true }]);

    /// <summary>Who did what; see <c>Resources/Audit</c>. Entries whose number is 0 have no place in the chain yet.</summary>
    public static Collection Audit { get; } = Table("_audit",
        [
            Key("id"), new NumberField { Name = "number", Id = "number", OnlyInt = true }, new DateField { Name = "created", Id = "created" }, Text("action"),
            Text("actor"), Text("actorCollection"), Text("actorId"), Text("collection"), Text("record"), Text("ip"), Text("userAgent"), Json("data"),
            Text("previous"), Text("hash"),
        ],
        new IndexDefinition("idx__audit_number", false, [new IndexColumn("number")], null),
        new IndexDefinition("idx__audit_created", false, [new IndexColumn("created")], null));

    /// <summary>Tries of something that may be tried only so often: what, as a hash, and when.</summary>
    public static Collection Tries { get; } = Table("_tries", [Key("id"), Text("scope"), new DateField { Name = "created", Id = "created" }],
        new IndexDefinition("idx__tries_scope", false, [new IndexColumn("scope"), new IndexColumn("created")], null),
        new IndexDefinition("idx__tries_created", false, [new IndexColumn("created")], null));

    /// <summary>Jobs, and the latest minute for which each was begun; see <c>Resources/Jobs</c>.</summary>
    public static Collection Jobs { get; } = Table("_jobs", [Key("id"), Text("mark"), Text("created")]);

    /// <summary>Jobs that came to their end, with when the last run began, how many milliseconds it took and whether it failed; see <c>Resources/Jobs</c>.</summary>
    public static Collection JobRuns { get; } = Table("_jobRuns",
        [Key("id"), new DateField { Name = "began", Id = "began" }, new NumberField { Name = "took", Id = "took" }, new BoolField { Name = "failed", Id = "failed" }]);

    /// <summary>Bytes of files that are being written or are to go; see <c>Records/Files/FileDebts</c>.</summary>
    public static Collection FileDebts { get; } = Table("_fileDebts", [Key("id"), Text("state"), Json("keys"), Text("node"), new DateField { Name = "created", Id = "created" }],
        new IndexDefinition("idx__fileDebts_state", false, [new IndexColumn("state"), new IndexColumn("node")], null));

    /// <summary>Requests and what else happened; see <c>Features/Logs</c>.</summary>
    public static Collection Logs { get; } = Table("_logs",
        [
            Key("id"), new DateField { Id = "created", Name = "created" }, new NumberField { Id = "level", Name = "level", OnlyInt = true }, Text("message"), Json("data"),
        ],
        new IndexDefinition("idx_logs_created", false, [new IndexColumn("created")], null));

    /// <summary>Files that come piece by piece; see <c>Features/Files/Resumable</c>.</summary>
    public static Collection FileUploads { get; } = Table("_fileUploads",
        [
            Key("id"), Text("owner"), Text("collection"), Text("record"), Text("key"), Text("name"), new NumberField { Name = "length", Id = "length", OnlyInt = true },
            new NumberField { Name = "received", Id = "received", OnlyInt = true }, Json("parts"), Text("stored"), new DateField { Name = "expires", Id = "expires" },
        ],
        new IndexDefinition("idx__fileUploads_expires", false, [new IndexColumn("expires")], null));

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Collection> All { get; } = [Collections, Params, Migrations, Audit, Tries, Jobs, JobRuns, FileDebts, Logs, FileUploads];

    private static Collection Table(string name, Field[] fields, params IndexDefinition[] indexes) =>
        new() { Id = name, Name = name, System = true, Fields = [.. fields], Indexes = [.. indexes] };

    private static TextField Key(string name) => new() { Name = name, Id = name, PrimaryKey = true, Required = true };

    private static TextField Text(string name) => new() { Name = name, Id = name };

    private static TextField Rule(string name) => new() { Name = name, Id = name, Nullable = true };

    private static JsonField Json(string name) => new() { Name = name, Id = name };
}
