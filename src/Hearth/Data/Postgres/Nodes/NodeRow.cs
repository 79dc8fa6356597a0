using System.Globalization;
using Npgsql;

namespace Hearth.Data.Postgres.Nodes;

/// <summary>This node among those of the database: it says now and then that it is alive, and is let in only when the others are of its version.</summary>
/// <param name="id">Its id.</param>
/// <param name="takeover">A node that has not been seen for so long is taken for dead.</param>
internal sealed class NodeRow(string id, TimeSpan takeover)
{
    // Nodes of one version write the same things; what changes in a patch never changes the data.
    private static readonly string Version = typeof(NodeRow).Assembly.GetName().Version?.ToString(2) ?? "0.0";

    /// <summary>Signs in. Returns the words of a refusal when a node of another version runs; called under the lock of the schema.</summary>
    public async ValueTask<string?> EnterAsync(PostgresLink link, CancellationToken stop)
    {
        var other = await link.ScalarAsync(
            new SqlStatement(
                $"SELECT machine || ', Hearth ' || version FROM \"_nodes\" WHERE seen > {Deadline(takeover)} AND version <> $1 LIMIT 1",
                [Text(Version)]),
            stop);
        if (other is not null) return $"A node of another version runs on this database ({other}); this one is Hearth {Version}. Stop the others first, or start this node with their version.";
        await link.ExecuteAsync(
            new SqlStatement("INSERT INTO \"_nodes\" (id, machine, version) VALUES ($1, $2, $3)", [Text(id), Text(Environment.MachineName), Text(Version)]), null, stop);
        return null;
    }

    /// <summary>Asks for the other nodes that are alive, for <see cref="Read"/>.</summary>
    public static SqlStatement Others(string own, TimeSpan takeover) => new(
        $"SELECT coalesce(array_agg(id || ' ' || machine ORDER BY id), '{{}}') FROM \"_nodes\" WHERE seen > {Deadline(takeover)} AND id <> $1", [Text(own)]);

    /// <summary>The answer to <see cref="Others"/>.</summary>
    public static IReadOnlyList<OtherNode> Read(string[] nodes) => [.. nodes.Select(static node => new OtherNode(node[..node.IndexOf(' ', StringComparison.Ordinal)], node[(node.IndexOf(' ', StringComparison.Ordinal) + 1)..]))];

    /// <summary>Says that it is alive.</summary>
    public async ValueTask SeenAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(
            "INSERT INTO \"_nodes\" (id, machine, version) VALUES ($1, $2, $3) ON CONFLICT (id) DO UPDATE SET seen = clock_timestamp()", connection)
        {
            Parameters = { Of(id), Of(Environment.MachineName), Of(Version) },
        };
        await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>Signs out.</summary>
    public async ValueTask LeaveAsync(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand("DELETE FROM \"_nodes\" WHERE id = $1");
        command.Parameters.Add(Of(id));
        await command.ExecuteNonQueryAsync();
    }

    // A number of ours, no text of anybody else's.
    private static string Deadline(TimeSpan takeover) => string.Create(CultureInfo.InvariantCulture, $"clock_timestamp() - interval '{(long)takeover.TotalMilliseconds} milliseconds'");

    private static SqlArgument Text(string text) => SqlArgument.Of(Schema.FieldValue.Text(text));

    private static NpgsqlParameter<string> Of(string text) => new() { TypedValue = text };
}
