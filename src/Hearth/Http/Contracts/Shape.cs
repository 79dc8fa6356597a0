namespace Hearth.Http.Contracts;

/// <summary>What a value of a body or an answer can be.</summary>
public enum ShapeKind
{
    /// <summary>Any JSON.</summary>
    Anything,

    /// <summary>A text.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Truth,

    /// <summary>Bytes: a file in a form, or a whole body.</summary>
    Bytes,

    /// <summary>An object; it may have more members than are named.</summary>
    Object,

    /// <summary>An array of <see cref="Shape.Items"/>.</summary>
    List,

    /// <summary>One of <see cref="Shape.Choices"/>.</summary>
    Either,

    /// <summary>A record of the collection in the path, as it is read.</summary>
    Record,

    /// <summary>The fields of a new record of the collection in the path.</summary>
    NewRecord,

    /// <summary>Changed fields of a record of the collection in the path.</summary>
    ChangedRecord,
}

/// <summary>One member of an object.</summary>
/// <param name="Name">Its key.</param>
/// <param name="Shape">What it can be.</param>
/// <param name="IsRequired">It is always there.</param>
public sealed record ShapeMember(string Name, Shape Shape, bool IsRequired);

/// <summary>The shape of a JSON value, as the API reference describes it.</summary>
public sealed record Shape
{
    private Shape(ShapeKind kind, string description) => (Kind, Description) = (kind, description);

    /// <summary>What the value is.</summary>
    public ShapeKind Kind { get; }

    /// <summary>A sentence for the reference; may be empty.</summary>
    public string Description { get; private init; }

    /// <summary>The members of an object.</summary>
    public IReadOnlyList<ShapeMember> Members { get; private init; } = [];

    /// <summary>What an array holds.</summary>
    public Shape? Items { get; private init; }

    /// <summary>The shapes of which one holds.</summary>
    public IReadOnlyList<Shape> Choices { get; private init; } = [];

    /// <summary>It may also be null.</summary>
    public bool MayBeNull { get; private init; }

    /// <summary>A record of the collection in the path.</summary>
    public static Shape Record { get; } = new(ShapeKind.Record, "");

    /// <summary>The fields of a new record of the collection in the path.</summary>
    public static Shape NewRecord { get; } = new(ShapeKind.NewRecord, "");

    /// <summary>Changed fields of a record of the collection in the path.</summary>
    public static Shape ChangedRecord { get; } = new(ShapeKind.ChangedRecord, "");

    /// <summary>Any JSON.</summary>
    public static Shape Anything(string description = "") => new(ShapeKind.Anything, description);

    /// <summary>A text.</summary>
    public static Shape Text(string description = "") => new(ShapeKind.Text, description);

    /// <summary>A whole number.</summary>
    public static Shape Integer(string description = "") => new(ShapeKind.Integer, description);

    /// <summary>A number.</summary>
    public static Shape Number(string description = "") => new(ShapeKind.Number, description);

    /// <summary>True or false.</summary>
    public static Shape Truth(string description = "") => new(ShapeKind.Truth, description);

    /// <summary>A file in a form, or a body of bytes.</summary>
    public static Shape Bytes(string description = "") => new(ShapeKind.Bytes, description);

    /// <summary>An array.</summary>
    public static Shape ListOf(Shape items, string description = "") => new(ShapeKind.List, description) { Items = items };

    /// <summary>An object.</summary>
    /// <param name="description">A sentence for the reference.</param>
    /// <param name="members">Its members; one whose name ends with a question mark may be missing.</param>
    public static Shape Object(string description, params (string Name, Shape Shape)[] members) =>
        new(ShapeKind.Object, description) { Members = [.. members.Select(static one => new ShapeMember(one.Name.TrimEnd('?'), one.Shape, !one.Name.EndsWith('?')))] };

    /// <summary>One of several shapes.</summary>
    public static Shape Either(params Shape[] choices) => new(ShapeKind.Either, "") { Choices = choices };

    /// <summary>One page of a list.</summary>
    public static Shape PageOf(Shape item) => Object(
        "One page.",
        ("page", Integer("This page, from 1.")),
        ("perPage", Integer("Items a page.")),
        ("totalItems", Integer("Items in all; -1 when not counted.")),
        ("totalPages", Integer("Pages in all; -1 when not counted.")),
        ("items", ListOf(item)));

    /// <summary>The same, or null.</summary>
    public Shape OrNull() => this with { MayBeNull = true };
}
