using System.Globalization;

namespace Hearth.Schema;

/// <summary>What a <see cref="FieldValue"/> holds.</summary>
public enum FieldValueKind : byte
{
    /// <summary>No value: a NULL in the database.</summary>
    Null,

    /// <summary>Text; also dates in canonical form, hashes and single options, relations and file names.</summary>
    Text,

    /// <summary>A 64-bit floating-point number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Bool,

    /// <summary>A list of texts: multiple select, relation or file.</summary>
    List,

    /// <summary>Any JSON value as compact JSON text; also geo points, as <c>{"lon":x,"lat":y}</c>.</summary>
    Json,
}

/// <summary>The value of one field of one record, already in the form in which it is stored. Two engines, one meaning.</summary>
public readonly struct FieldValue : IEquatable<FieldValue>
{
    private readonly object? held;
    private readonly double number;

    private FieldValue(FieldValueKind kind, object? held, double number) => (Kind, this.held, this.number) = (kind, held, number);

    /// <summary>What is held.</summary>
    public FieldValueKind Kind { get; }

    /// <summary>No value.</summary>
    public static FieldValue Null => default;

    /// <summary>The empty text.</summary>
    public static FieldValue EmptyText { get; } = Text("");

    /// <summary>The empty list.</summary>
    public static FieldValue EmptyList { get; } = List([]);

    /// <summary>A text.</summary>
    public static FieldValue Text(string text) => new(FieldValueKind.Text, text, 0);

    /// <summary>A number.</summary>
    public static FieldValue Number(double number) => new(FieldValueKind.Number, null, number);

    /// <summary>A truth value.</summary>
    public static FieldValue Bool(bool value) => new(FieldValueKind.Bool, null, value ? 1 : 0);

    /// <summary>A list of texts. The list is not copied and must not change afterwards.</summary>
    public static FieldValue List(IReadOnlyList<string> items) => new(FieldValueKind.List, items, 0);

    /// <summary>A JSON value as valid, compact JSON text.</summary>
    public static FieldValue Json(string json) => new(FieldValueKind.Json, json, 0);

    /// <summary>A text that is at hand as UTF-8, so that it need not become a string on its way to the database. Its bytes must not change until it is there.</summary>
    internal static FieldValue Text(Utf8Text text) => new(FieldValueKind.Text, text, 0);

    /// <summary>A JSON value in the same way.</summary>
    internal static FieldValue Json(Utf8Text json) => new(FieldValueKind.Json, json, 0);

    /// <summary>The text, or the empty text when none is held.</summary>
    public string AsText => Kind == FieldValueKind.Text ? Held : "";

    /// <summary>The number, or 0 when none is held.</summary>
    public double AsNumber => Kind == FieldValueKind.Number ? number : 0;

    /// <summary>The truth value, or false when none is held.</summary>
    public bool AsBool => Kind == FieldValueKind.Bool && number != 0;

    /// <summary>The list; a non-empty single text counts as a list of one, anything else as an empty list.</summary>
    public IReadOnlyList<string> AsList => Kind switch
    {
        FieldValueKind.List => (IReadOnlyList<string>)held!,
        FieldValueKind.Text when Held.Length > 0 => [Held],
        _ => [],
    };

    /// <summary>The JSON text, or <c>null</c> when none is held.</summary>
    public string AsJson => Kind == FieldValueKind.Json ? Held : "null";

    /// <summary>The UTF-8 of a text or JSON value that was made from it; null for every other value.</summary>
    internal Utf8Text? AsUtf8 => held as Utf8Text;

    // Texts and JSON always hold something.
    private string Held => held as string ?? held!.ToString()!;

    /// <inheritdoc/>
    public bool Equals(FieldValue other) => Kind == other.Kind && Kind switch
    {
        FieldValueKind.Null => true,
        FieldValueKind.Number or FieldValueKind.Bool => number.Equals(other.number),
        FieldValueKind.List => AsList.SequenceEqual(other.AsList),
        _ => string.Equals(Held, other.Held, StringComparison.Ordinal),
    };

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is FieldValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Kind is FieldValueKind.Text or FieldValueKind.Json ? Held.GetHashCode() : HashCode.Combine(Kind, number);

    /// <summary>Same value.</summary>
    public static bool operator ==(FieldValue left, FieldValue right) => left.Equals(right);

    /// <summary>Different value.</summary>
    public static bool operator !=(FieldValue left, FieldValue right) => !left.Equals(right);

    /// <summary>For people reading a debugger or a log.</summary>
    public override string ToString() => Kind switch
    {
        FieldValueKind.Number => number.ToString("R", CultureInfo.InvariantCulture),
        FieldValueKind.Bool => number != 0 ? "true" : "false",
        FieldValueKind.List => string.Join(",", AsList),
        FieldValueKind.Null => "",
        _ => Held,
    };
}
