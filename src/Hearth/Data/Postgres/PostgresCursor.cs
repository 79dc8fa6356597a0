using System.Globalization;
using System.Text;
using Hearth.Basics;
using Hearth.Basics.Journeys;
using Hearth.Schema;
using Npgsql;

namespace Hearth.Data.Postgres;

/// <summary>
/// The rows of a query. A connection can read one result at a time, so when the session asks its next question the rest of an unfinished one
/// is taken into memory.
/// </summary>
internal sealed class PostgresCursor : RowCursor
{
    // Cancelling undoes the transaction, so a short rest is read to its end.
    private const int RowsReadToEnd = 1000;

    private readonly PostgresLink link;
    private readonly SentStatement command;
    private readonly NpgsqlDataReader reader;
    private readonly CellType[] types;
    private readonly bool isLong;
    private readonly string[]? writtenTypes;
    private Queue<object?[]>? rest;
    private object?[]? row;
    private string[]? names;
    private byte[] buffer = new byte[256];
    private int count;
    private bool hidesTotal;
    private bool closed;
    private bool failed;
    private bool tooLarge;
    private long rowsRead;
    private bool done;

    /// <summary>Reads a statement that has been sent.</summary>
    /// <param name="isLong">There may be many more rows than will be read: an early end cancels the statement.</param>
    /// <param name="written">The server was asked to write some types as text.</param>
    public PostgresCursor(PostgresLink link, SentStatement command, NpgsqlDataReader reader, bool isLong, bool written = false)
    {
        (this.link, this.command, this.reader, this.isLong) = (link, command, reader, isLong);
        count = reader.FieldCount;
        types = new CellType[count];
        for (var i = 0; i < types.Length; i++) types[i] = CellTypes.Of(reader.GetDataTypeOID(i));
        if (!written) return;
        writtenTypes = [.. Enumerable.Range(0, count).Select(reader.GetDataTypeName)];
        for (var i = 0; i < types.Length; i++) if (CellTypes.IsWritten(types[i])) types[i] = CellType.Written;
    }

    /// <summary>Where the statement is noted, as long as its request goes on: what a session leaves open is closed behind its back.</summary>
    public JourneyTicket Ticket { get; init; }

    /// <summary>When it began, in ticks of the clock.</summary>
    public long Began { get; init; }

    /// <summary>Its SQL; null for text of a user.</summary>
    public string? Text { get; init; }

    /// <summary>The number that stood behind the columns of the first row; null when there was none.</summary>
    public long? Total { get; private set; }

    /// <summary>The last column is a total, and no column of the rows. Called before the first row is read.</summary>
    public void HideTotal()
    {
        hidesTotal = true;
        count--;
    }

    /// <inheritdoc/>
    public override int ColumnCount => count;

    /// <inheritdoc/>
    public override ValueTask<bool> NextAsync(CancellationToken stop)
    {
        if (rest is not null) return new(rest.TryDequeue(out row));
        ObjectDisposedException.ThrowIf(closed, this);
        if (done) return new(false);
        var next = reader.ReadAsync(link.Within(stop));
        // Most rows are on this machine already.
        return next.IsCompletedSuccessfully ? new(Reached(next.Result)) : ReachAsync(next, stop);
    }

    /// <summary>Takes what is left into memory and frees the connection.</summary>
    public async ValueTask DetachAsync(CancellationToken stop)
    {
        if (closed || rest is not null) return;
        var rows = new Queue<object?[]>();
        // The current row may still be looked at.
        var current = !done && reader.IsOnRow ? Take() : null;
        names = NamesOf(reader);
        while (await NextAsync(stop)) rows.Enqueue(Take());
        (rest, row) = (rows, current);
        await CloseAsync();
    }

    /// <inheritdoc/>
    public override string NameOf(int column) => (names ??= NamesOf(reader))[column];

    /// <inheritdoc/>
    public override string DeclaredTypeOf(int column) => types[column] == CellType.Written ? writtenTypes![column] : CellTypes.NameOf(types[column]); // known where there are such

    /// <inheritdoc/>
    public override CellKind KindOf(int column)
    {
        if (IsNull(column)) return CellKind.Null;
        return types[column] switch
        {
            CellType.Truth or CellType.Whole => CellKind.Integer,
            CellType.Real or CellType.Decimal => IsWhole(RealOf(column)) ? CellKind.Integer : CellKind.Real,
            CellType.Bytes => CellKind.Blob,
            _ => CellKind.Text,
        };
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Utf8Of(int column)
    {
        if (IsNull(column)) return default;
        if (rest is not null) return TextOf(row![column], types[column]); // not null, for the column is not
        if (types[column] is not (CellType.Text or CellType.Bytes)) return TextOf(Value(column), types[column]);
        var length = (int)reader.GetBytes(column, 0, buffer, 0, buffer.Length);
        if (length < buffer.Length) return buffer.AsSpan(0, length);
        // Perhaps there is more.
        var whole = (int)reader.GetBytes(column, 0, null, 0, 0);
        if (whole > LongestText)
        {
            // The rows behind it are most likely of the same kind.
            tooLarge = true;
            throw Unreadable(column, null);
        }
        buffer = new byte[Math.Max(whole + 1, 2 * buffer.Length)];
        reader.GetBytes(column, 0, buffer, 0, whole);
        return buffer.AsSpan(0, whole);
    }

    /// <inheritdoc/>
    public override long IntegerOf(int column)
    {
        if (IsNull(column)) return 0;
        if (rest is null)
        {
            switch (types[column])
            {
                case CellType.Truth: return reader.GetBoolean(column) ? 1 : 0;
                case CellType.Whole: return reader.GetInt64(column);
                case CellType.Real: return (long)reader.GetDouble(column);
            }
        }
        return Value(column) switch
        {
            bool truth => truth ? 1 : 0,
            long whole => whole,
            double real => (long)real,
            _ => long.TryParse(Utf8Of(column), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0,
        };
    }

    /// <inheritdoc/>
    public override double RealOf(int column)
    {
        if (IsNull(column)) return 0;
        if (rest is null && types[column] == CellType.Real) return reader.GetDouble(column);
        return Value(column) switch
        {
            bool truth => truth ? 1 : 0,
            long whole => whole,
            double real => real,
            _ => double.TryParse(Utf8Of(column), NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0,
        };
    }

    /// <summary>Frees the connection for the next statement.</summary>
    public async ValueTask CloseAsync()
    {
        if (closed) return;
        closed = true;
        link.Forget(this);
        Note();
        try
        {
            for (var i = 0; !done && isLong && !tooLarge && i < RowsReadToEnd; i++) done = !await reader.ReadAsync();
            if (!done && (isLong || tooLarge)) command.Cancel();
            await reader.DisposeAsync();
            await command.DisposeAsync();
        }
        catch (Exception e) when (PostgresFaults.IsOfDriver(e))
        {
            if (PostgresFaults.LostConnection(e)) link.Break();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        if (closed) return;
        closed = true;
        link.Forget(this);
        Note();
        try
        {
            // What is left of a page is on this machine already; what is left of a long result is not waited for.
            for (var i = 0; !done && isLong && !tooLarge && i < RowsReadToEnd; i++) done = !reader.Read();
            if (!done && (isLong || tooLarge)) command.Cancel();
            reader.Dispose();
            command.Dispose();
        }
        catch (Exception e) when (PostgresFaults.IsOfDriver(e))
        {
            // A statement that was cancelled ends with an error, as it should.
            if (PostgresFaults.LostConnection(e)) link.Break();
        }
    }

    private async ValueTask<bool> ReachAsync(Task<bool> next, CancellationToken stop)
    {
        try
        {
            return Reached(await next);
        }
        catch (Exception e) when (link.IsOfDriver(e, stop))
        {
            failed = true;
            throw link.Failed(e, stop);
        }
    }

    private bool Reached(bool isRow)
    {
        done = !isRow;
        if (isRow) rowsRead++;
        if (!isRow || !hidesTotal) return isRow;
        hidesTotal = false;
        if (!reader.IsDBNull(count)) Total = reader.GetInt64(count);
        return true;
    }

    private void Note() => Ticket.Open?.Statement(StepKind.Read, Text, Began, rowsRead, failed: failed);

    private static string[] NamesOf(NpgsqlDataReader reader) => [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];

    // A number is whole in the sense of the other engine: it fits into 64 bits and loses nothing.
    private static bool IsWhole(double number) => number == Math.Truncate(number) && Math.Abs(number) < 9.2233720368547758E18;

    private bool IsNull(int column) => rest is not null ? row?[column] is null : reader.IsDBNull(column);

    private object? Value(int column) => rest is not null ? row?[column] : Read(column);

    private object Read(int column)
    {
        try
        {
            return CellTypes.Read(reader, column, types[column]);
        }
        catch (Exception e) when (e is InvalidCastException or OverflowException or FormatException or NotSupportedException or ArgumentException)
        {
            throw Unreadable(column, e);
        }
    }

    // The server can hold more than an answer can.
    private DataException Unreadable(int column, Exception? cause) => new(new DataFault(
        DataFaultKind.Statement, $"A value of the column {NameOf(column)} ({reader.GetDataTypeName(column)}) cannot be answered: it is out of range or too long. Let the query make a shorter text of it.", []), cause);

    private object?[] Take()
    {
        var cells = new object?[types.Length];
        for (var i = 0; i < cells.Length; i++)
        {
            if (!reader.IsDBNull(i)) cells[i] = types[i] is CellType.Text or CellType.Bytes ? reader.GetFieldValue<byte[]>(i) : Read(i);
        }
        return cells;
    }

    private static byte[] TextOf(object? cell, CellType type) => cell switch
    {
        byte[] bytes => bytes,
        string[] items => Encoding.UTF8.GetBytes(JsonList.Write(items)),
        bool truth => truth ? "1"u8.ToArray() : "0"u8.ToArray(),
        double real when IsWhole(real) => Encoding.UTF8.GetBytes(((long)real).ToString(CultureInfo.InvariantCulture)),
        double real => Encoding.UTF8.GetBytes(NumberText.Of(real)),
        _ => Encoding.UTF8.GetBytes(Convert.ToString(cell, CultureInfo.InvariantCulture) ?? ""),
    };
}
