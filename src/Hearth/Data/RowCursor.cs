namespace Hearth.Data;

/// <summary>The storage class of one value of a row.</summary>
public enum CellKind : byte
{
    /// <summary>NULL.</summary>
    Null,

    /// <summary>A 64-bit integer.</summary>
    Integer,

    /// <summary>A 64-bit floating-point number.</summary>
    Real,

    /// <summary>UTF-8 text.</summary>
    Text,

    /// <summary>Bytes.</summary>
    Blob,
}

/// <summary>The rows of a query, one at a time. Spans are good until the next move. Dispose to free the statement.</summary>
public abstract class RowCursor : IDisposable
{
    /// <summary>Most bytes of one value: what is longer cannot be written as JSON, and no request should bring it here.</summary>
    public const int LongestText = 128 << 20;

    /// <summary>Number of columns.</summary>
    public abstract int ColumnCount { get; }

    /// <summary>Moves to the next row; false at the end.</summary>
    public abstract ValueTask<bool> NextAsync(CancellationToken stop);

    /// <summary>Name of a column as the statement gives it.</summary>
    public abstract string NameOf(int column);

    /// <summary>Declared type of a column in the engine's words, or the empty text when it has none.</summary>
    public abstract string DeclaredTypeOf(int column);

    /// <summary>What the value is.</summary>
    public abstract CellKind KindOf(int column);

    /// <summary>The value as UTF-8 text; numbers are converted, NULL is empty.</summary>
    public abstract ReadOnlySpan<byte> Utf8Of(int column);

    /// <summary>The value as an integer; 0 for NULL.</summary>
    public abstract long IntegerOf(int column);

    /// <summary>The value as a floating-point number; 0 for NULL.</summary>
    public abstract double RealOf(int column);

    /// <inheritdoc/>
    public abstract void Dispose();
}
