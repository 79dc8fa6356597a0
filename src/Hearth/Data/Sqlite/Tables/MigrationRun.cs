using System.Text;
using Hearth.Schema;

namespace Hearth.Data.Sqlite.Tables;

/// <summary>Brings Hearth's own tables up to date while the database starts.</summary>
internal static class MigrationRun
{
    /// <summary>Does the migrations that this database has not seen.</summary>
    public static void Run(SqliteConnection connection, IReadOnlyCollection<Migration> migrations, TimeProvider clock)
    {
        if (migrations.Count == 0) return; // a database of somebody else, which gets no tables of ours
        if (!Exists(connection, "table", InternalTables.Migrations.Name)) SchemaSteps.Apply(connection, new CreateTable(InternalTables.Migrations));
        Migrations.RefuseNewer(Done(connection), migrations.Select(m => m.Name));
        foreach (var migration in migrations)
        {
            if (IsDone(connection, migration.Name)) continue;
            var foreign = migration.Steps.OfType<CreateTable>().Select(s => s.Collection).Where(t => Exists(connection, "table", t.Name)).ToHashSet();
            foreach (var step in migration.Steps)
            {
                var skip = step switch
                {
                    CreateTable create => foreign.Contains(create.Collection),
                    CreateIndex create => foreign.Contains(create.Collection),
                    _ => false,
                };
                if (!skip) SchemaSteps.Apply(connection, step);
            }
            MarkDone(connection, migration.Name, clock);
        }
    }

    private static bool Exists(SqliteConnection connection, string type, string name)
    {
        using var rows = connection.Select(new SqlStatement("SELECT 1 FROM sqlite_schema WHERE type = ?1 AND name = ?2", [Text(type), Text(name)]));
        return rows.Next();
    }

    private static List<string> Done(SqliteConnection connection)
    {
        var names = new List<string>();
        using var rows = connection.Select(new SqlStatement("SELECT \"file\" FROM \"_migrations\"", []));
        while (rows.Next()) names.Add(Encoding.UTF8.GetString(rows.Utf8Of(0)));
        return names;
    }

    private static bool IsDone(SqliteConnection connection, string name)
    {
        using var rows = connection.Select(new SqlStatement("SELECT 1 FROM \"_migrations\" WHERE \"file\" = ?1", [Text(name)]));
        return rows.Next();
    }

    private static void MarkDone(SqliteConnection connection, string name, TimeProvider clock)
    {
        var microseconds = clock.GetUtcNow().ToUnixTimeMilliseconds() * 1000;
        connection.Change(new SqlStatement("INSERT INTO \"_migrations\" (\"file\", \"applied\") VALUES (?1, ?2)", [Text(name), SqlArgument.Of(microseconds)]));
    }

    private static SqlArgument Text(string text) => SqlArgument.Of(FieldValue.Text(text));
}
