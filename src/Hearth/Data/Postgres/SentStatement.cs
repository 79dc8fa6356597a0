using System.Data;
using Npgsql;

namespace Hearth.Data.Postgres;

/// <summary>A statement on its way, perhaps with another in front of it that goes along: one way to the server for both.</summary>
internal readonly struct SentStatement : IAsyncDisposable, IDisposable
{
    private readonly NpgsqlCommand? alone;
    private readonly NpgsqlBatch? both;

    /// <summary>Made from a statement.</summary>
    /// <param name="connection">Where it goes.</param>
    /// <param name="front">What goes in front of it; its answer is passed over.</param>
    /// <param name="sql">The statement.</param>
    /// <param name="limit">Longest time, in whole seconds rounded up as the driver knows no parts of them; zero is no limit.</param>
    public SentStatement(NpgsqlConnection connection, SqlStatement? front, SqlStatement sql, TimeSpan limit)
    {
        var seconds = (int)Math.Ceiling(limit.TotalSeconds);
        if (front is null)
        {
            alone = new NpgsqlCommand(sql.Text, connection) { CommandTimeout = seconds };
            PostgresParameters.Add(alone.Parameters, sql.Arguments);
            return;
        }
        both = new NpgsqlBatch(connection) { Timeout = seconds, BatchCommands = { InBatch(front), InBatch(sql) } };
    }

    /// <summary>One statement of a batch.</summary>
    public static NpgsqlBatchCommand InBatch(SqlStatement sql)
    {
        var command = new NpgsqlBatchCommand(sql.Text);
        PostgresParameters.Add(command.Parameters, sql.Arguments);
        return command;
    }

    /// <summary>Asks the server for the types of its columns, and to write those as text that <see cref="CellTypes.IsWritten"/> names.</summary>
    public async ValueTask WriteOutAsync(CancellationToken stop)
    {
        var command = alone ?? throw new InvalidOperationException("Something goes in front of the statement.");
        await using var shape = await command.ExecuteReaderAsync(CommandBehavior.SchemaOnly, stop);
        command.UnknownResultTypeList = [.. Enumerable.Range(0, shape.FieldCount).Select(column => CellTypes.IsWritten(CellTypes.Of(shape.GetDataTypeOID(column))))];
    }

    /// <summary>Sends it and gives its rows.</summary>
    public async ValueTask<NpgsqlDataReader> ReadAsync(CancellationToken stop)
    {
        if (alone is not null) return await alone.ExecuteReaderAsync(CommandBehavior.Default, stop);
        var reader = await both!.ExecuteReaderAsync(CommandBehavior.Default, stop); // one of both is always made
        await reader.NextResultAsync(stop);
        return reader;
    }

    /// <summary>Sends it and gives the number of rows that it changed; less than 0 when it is not of a kind that changes rows.</summary>
    public async ValueTask<int> ChangeAsync(CancellationToken stop)
    {
        if (alone is not null) return await alone.ExecuteNonQueryAsync(stop);
        await both!.ExecuteNonQueryAsync(stop);
        return (int)both.BatchCommands[1].RecordsAffected;
    }

    /// <summary>Asks the server to stop.</summary>
    public void Cancel()
    {
        alone?.Cancel();
        both?.Cancel();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        alone?.Dispose();
        both?.Dispose();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (alone is not null) await alone.DisposeAsync();
        if (both is not null) await both.DisposeAsync();
    }
}
