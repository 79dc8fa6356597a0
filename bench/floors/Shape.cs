namespace Hearth.Floors;

/// <summary>What both written-by-hand floors know of the schema that bench/runner/schema.mjs makes in Hearth.</summary>
internal static class Shape
{
    /// <summary>Hearth derives collection ids from type and name, so they are the same in every run.</summary>
    public const string PostsId = "pbc_1125843985", AuthorsId = "pbc_526341563", DraftsId = "pbc_3677985166";

    /// <summary>Rows a page.</summary>
    public const int PerPage = 30;

    /// <summary>Most characters of a title, as Hearth's text field has it by default.</summary>
    public const int MaxTitle = 5000;

    /// <summary>The options of <c>tags</c>, and how many a post may have.</summary>
    public static readonly string[] Tags = ["news", "tech", "life", "food", "art", "travel"];

    /// <inheritdoc cref="Tags"/>
    public const int MaxTags = 3;

    /// <summary>Format of dates on the wire and in the file.</summary>
    public const string Date = "yyyy-MM-dd HH:mm:ss.fff'Z'";
}
