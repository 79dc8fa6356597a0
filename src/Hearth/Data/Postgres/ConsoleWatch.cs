using Hearth.Schema;

namespace Hearth.Data.Postgres;

/// <summary>
/// Looks at what text of the console has done in its transaction, by what the server itself knows of it: the locks that the transaction holds, which nobody can give
/// back before its end, and the rows of the catalogue that it has written. So it makes no difference how a name was written, or what a function did in between, and
/// the account needs no rights for it beyond those over its own tables. See decision 52.
/// </summary>
internal sealed class ConsoleWatch
{
    // What waits for the commit is done now, and what was set is set back: the look must not be led astray, nor what Hearth writes afterwards.
    private static readonly SqlStatement Settle = new("SET CONSTRAINTS ALL IMMEDIATE; " + PostgresSource.Reset, []);

    // Which tables, indexes and functions stand where, under their names.
    private const string Standing =
        """
        SELECT concat_ws(' ', current_schema(), n.oid::text, n.xmin::text,
            (SELECT string_agg(c.oid::text, ',' ORDER BY c.oid) FROM pg_catalog.pg_class c WHERE c.relnamespace = n.oid AND (c.relname::text = ANY ($1) OR c.relname::text = ANY ($2) OR (c.relkind = 'c' AND c.relname ~~ 'hearth$%'))),
            (SELECT string_agg(p.oid::text, ',' ORDER BY p.oid) FROM pg_catalog.pg_proc p WHERE p.pronamespace = n.oid AND (p.proname ~~ 'hearth$%' OR p.proname = 'total')))
        FROM pg_catalog.pg_namespace n WHERE n.nspname = current_schema()
        """;

    // Reading takes the weakest lock of all; whatever changes rows or a definition takes a stronger one. Who changes rights takes none, but writes them down.
    private const string ChangedOwn =
        """
        WITH own AS (SELECT c.oid, c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = current_schema() AND (c.relname::text = ANY ($1) OR (c.relkind = 'c' AND c.relname ~~ 'hearth$%'))),
        parts AS (SELECT oid, relname FROM own
            UNION ALL SELECT i.indexrelid, own.relname FROM own JOIN pg_catalog.pg_index i ON i.indrelid = own.oid
            UNION ALL SELECT d.objid, own.relname FROM own JOIN pg_catalog.pg_depend d ON d.refobjid = own.oid AND d.classid = 'pg_catalog.pg_class'::regclass AND d.deptype IN ('a', 'i'))
        SELECT min(parts.relname::text) FROM parts JOIN pg_catalog.pg_class c ON c.oid = parts.oid
        WHERE c.xmin = pg_catalog.pg_current_xact_id()::xid OR EXISTS (SELECT 1 FROM pg_catalog.pg_locks l
            WHERE l.relation = parts.oid AND l.pid = pg_catalog.pg_backend_pid() AND l.locktype = 'relation' AND l.mode <> 'AccessShareLock')
        """;

    private const string ChangedCollection =
        """
        SELECT min(c.relname::text) FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = current_schema() AND c.relname::text = ANY ($2) AND ($1::text[] IS NOT NULL)
            AND (c.xmin = pg_catalog.pg_current_xact_id()::xid
                OR EXISTS (SELECT 1 FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.xmin = pg_catalog.pg_current_xact_id()::xid)
                OR EXISTS (SELECT 1 FROM pg_catalog.pg_constraint k WHERE k.conrelid = c.oid AND k.xmin = pg_catalog.pg_current_xact_id()::xid))
        """;

    // What would run later, in the requests of others. What belongs to an extension, or to a type, is not somebody's text.
    private const string MadeCode =
        """
        WITH made AS (SELECT 'pg_catalog.pg_proc'::regclass AS class, oid, 'function' AS kind FROM pg_catalog.pg_proc WHERE xmin = pg_catalog.pg_current_xact_id()::xid
            UNION ALL SELECT 'pg_catalog.pg_operator'::regclass, oid, 'operator' FROM pg_catalog.pg_operator WHERE xmin = pg_catalog.pg_current_xact_id()::xid
            UNION ALL SELECT 'pg_catalog.pg_cast'::regclass, oid, 'cast' FROM pg_catalog.pg_cast WHERE xmin = pg_catalog.pg_current_xact_id()::xid
            UNION ALL SELECT 'pg_catalog.pg_trigger'::regclass, oid, 'trigger' FROM pg_catalog.pg_trigger WHERE NOT tgisinternal AND xmin = pg_catalog.pg_current_xact_id()::xid
            UNION ALL SELECT 'pg_catalog.pg_rewrite'::regclass, oid, 'rule' FROM pg_catalog.pg_rewrite WHERE ev_type <> '1' AND xmin = pg_catalog.pg_current_xact_id()::xid
            UNION ALL SELECT 'pg_catalog.pg_policy'::regclass, oid, 'policy' FROM pg_catalog.pg_policy WHERE xmin = pg_catalog.pg_current_xact_id()::xid
            UNION ALL SELECT 'pg_catalog.pg_event_trigger'::regclass, oid, 'event trigger' FROM pg_catalog.pg_event_trigger WHERE xmin = pg_catalog.pg_current_xact_id()::xid
            UNION ALL SELECT 'pg_catalog.pg_db_role_setting'::regclass, setrole, 'setting' FROM pg_catalog.pg_db_role_setting WHERE xmin = pg_catalog.pg_current_xact_id()::xid)
        SELECT min(kind) FROM made WHERE NOT EXISTS
            (SELECT 1 FROM pg_catalog.pg_depend d WHERE d.classid = made.class AND d.objid = made.oid AND d.deptype IN ('e', 'i'))
        """;

    private const string MadeTemporary =
        """
        SELECT 1 WHERE EXISTS (SELECT 1 FROM pg_catalog.pg_class WHERE relnamespace = pg_catalog.pg_my_temp_schema())
            OR EXISTS (SELECT 1 FROM pg_catalog.pg_type WHERE typnamespace = pg_catalog.pg_my_temp_schema())
        """;

    // Beside the tables of every engine.
    private static readonly string[] Shared = ["_schema", "_nodes", "_leases", "_signals"];

    private readonly PostgresLink link;
    private readonly SqlArgument[] names;
    private readonly object? before;

    private ConsoleWatch(PostgresLink link, SqlArgument[] names, object? before) => (this.link, this.names, this.before) = (link, names, before);

    /// <summary>Looks at how things stand before the text runs.</summary>
    public static async ValueTask<ConsoleWatch> BeginAsync(PostgresLink link, ConsoleBounds bounds, CancellationToken stop)
    {
        SqlArgument[] names = [Names([.. InternalTables.All.Select(table => table.Name), .. Shared]), Names(bounds.Tables.Concat(bounds.Indexes))];
        return new ConsoleWatch(link, names, await link.ScalarAsync(new SqlStatement(Standing, names), stop));
    }

    /// <summary>What was done that must not be kept; null when all is well.</summary>
    public async ValueTask<string?> FindHarmAsync(CancellationToken stop)
    {
        await link.ExecuteAsync(Settle, null, stop);
        if (await AskAsync(ChangedOwn, [names[0]], stop) is string own) return ConsoleBounds.OfOwn(own);
        if (await AskAsync(ChangedCollection, names, stop) is string collection) return ConsoleBounds.OfCollection(collection);
        if (await AskAsync(MadeTemporary, [], stop) is not null) return ConsoleBounds.Temporary;
        if (await AskAsync(MadeCode, [], stop) is string kind) return $"A {kind} would run, or hold, in the requests of everybody. Make it with a client of the database if you must.";
        return Equals(before, await AskAsync(Standing, names, stop))
            ? null
            : "A table of Hearth's or of a collection, an index of one, a function of Hearth's or the schema that they are in would be gone. Change collections as such.";
    }

    private ValueTask<object?> AskAsync(string question, SqlArgument[] arguments, CancellationToken stop) => link.ScalarAsync(new SqlStatement(question, arguments), stop);

    private static SqlArgument Names(IEnumerable<string> names) => SqlArgument.Of(FieldValue.List([.. names.Select(PostgresNames.Fitted)]));
}
