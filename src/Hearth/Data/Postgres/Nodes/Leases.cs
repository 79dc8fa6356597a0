namespace Hearth.Data.Postgres.Nodes;

/// <summary>Leases by the clock of the database, so that the clocks of the nodes do not matter.</summary>
internal static class Leases
{
    /// <summary>Takes a free lease or keeps one's own; no row comes back when another node has it.</summary>
    public static SqlStatement Take(string name, string node, TimeSpan time) => new(
        """
        INSERT INTO "_leases" AS held (name, node, until) VALUES ($1, $2, clock_timestamp() + $3 * interval '1 millisecond')
        ON CONFLICT (name) DO UPDATE SET node = excluded.node, until = excluded.until
            WHERE held.node = excluded.node OR held.until < clock_timestamp()
        RETURNING 1
        """,
        [Text(name), Text(node), SqlArgument.Of(Schema.FieldValue.Number(time.TotalMilliseconds))]);

    /// <summary>Gives back all leases of a node.</summary>
    public static SqlStatement Return(string node) => new("DELETE FROM \"_leases\" WHERE node = $1", [Text(node)]);

    /// <summary>Removes what no node needs any more.</summary>
    public static IEnumerable<SqlStatement> Tidy { get; } =
    [
        new($"DELETE FROM \"_signals\" WHERE sent < clock_timestamp() - CASE WHEN topic LIKE '{Signal.Brief}%' THEN interval '30 seconds' ELSE interval '10 minutes' END", []),
        new("DELETE FROM \"_nodes\" WHERE seen < clock_timestamp() - interval '1 hour'", []),
        new("DELETE FROM \"_leases\" WHERE until < clock_timestamp() - interval '1 day'", []),
    ];

    private static SqlArgument Text(string text) => SqlArgument.Of(Schema.FieldValue.Text(text));
}
