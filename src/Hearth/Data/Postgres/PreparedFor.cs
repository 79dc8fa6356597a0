using System.Collections.Concurrent;
using Npgsql;

namespace Hearth.Data.Postgres;

/// <summary>
/// For which tables the connections of a pool have prepared their statements. When the tables change, a connection forgets its statements before it is used again; to
/// replace it would cost the server a new process, and everything that a process learns.
/// </summary>
internal sealed class PreparedFor
{
    // Connections come and go; about one that is not known here nothing is assumed.
    private const int Most = 1000;

    private readonly ConcurrentDictionary<int, long> connections = new();
    private long tables;

    /// <summary>The tables may look different from now on.</summary>
    public void TablesChanged() => Interlocked.Increment(ref tables);

    /// <summary>A connection is new: it has prepared nothing.</summary>
    public void Began(NpgsqlConnection connection)
    {
        if (connections.Count >= Most) connections.Clear();
        connections[connection.ProcessID] = Volatile.Read(ref tables);
    }

    /// <summary>Opens a connection that knows no statement of earlier tables.</summary>
    public async ValueTask<NpgsqlConnection> OpenAsync(NpgsqlDataSource source, CancellationToken stop)
    {
        while (true)
        {
            var opened = await source.OpenConnectionAsync(stop);
            try
            {
                var now = Volatile.Read(ref tables);
                if (connections.TryGetValue(opened.ProcessID, out var known) && known == now) return opened;
                await ForgetAsync(opened, stop);
                connections[opened.ProcessID] = now;
                return opened;
            }
            catch (Exception e) when ((PostgresFaults.IsOfDriver(e) || e is InvalidOperationException) && !stop.IsCancellationRequested)
            {
                // It was lost while nobody used it, as the others in the pool most likely are. A new one has nothing to forget.
                await opened.CloseAsync();
                source.Clear();
            }
            catch
            {
                await opened.CloseAsync();
                throw;
            }
        }
    }

    // The driver forgets only in a call that blocks; whether the server is there is therefore seen before, without blocking.
    private static async ValueTask ForgetAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using (var command = new NpgsqlCommand("DEALLOCATE ALL", connection)) await command.ExecuteNonQueryAsync(stop);
        connection.UnprepareAll();
    }
}
