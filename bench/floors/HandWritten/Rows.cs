using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hearth.Floors.HandWritten;

/// <summary>A row of <c>posts</c> as Dapper reads it.</summary>
internal sealed class PostRow
{
    public string Id { get; set; } = "";
    public string Title { get; set; } = "";
    public string Body { get; set; } = "";
    public long Views { get; set; }
    public string Author { get; set; } = "";
    public string Tags { get; set; } = "[]";
    public bool Published { get; set; }
    public string Created { get; set; } = "";
    public string Updated { get; set; } = "";

    public Post ToAnswer(AuthorRow? author = null) => new(
        Shape.PostsId, "posts", Id, Title, Body, Views, Author, JsonSerializer.Deserialize(Tags, Json.Default.StringArray) ?? [], Published, Created, Updated,
        author is null ? null : new PostExpand(author.ToAnswer()));
}

/// <summary>A row of <c>authors</c> as Dapper reads it.</summary>
internal sealed class AuthorRow
{
    public string Id { get; set; } = "";
    public string Name { get; set; } = "";
    public string Bio { get; set; } = "";
    public string Created { get; set; } = "";
    public string Updated { get; set; } = "";

    public Author ToAnswer() => new(Shape.AuthorsId, "authors", Id, Name, Bio, Created, Updated);
}

/// <summary>A row of <c>drafts</c> as Dapper reads it.</summary>
internal sealed class DraftRow
{
    public string Id { get; set; } = "";
    public string Title { get; set; } = "";
    public string Body { get; set; } = "";
    public long Views { get; set; }
    public string Author { get; set; } = "";
    public string Created { get; set; } = "";
    public string Updated { get; set; } = "";

    public Draft ToAnswer() => new(Shape.DraftsId, "drafts", Id, Title, Body, Views, Author, Created, Updated);
}

/// <summary>A post in an answer.</summary>
internal sealed record Post(
    string CollectionId, string CollectionName, string Id, string Title, string Body, long Views, string Author, string[] Tags, bool Published,
    string Created, string Updated, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] PostExpand? Expand);

/// <summary>What a post refers to, in an answer.</summary>
internal sealed record PostExpand(Author Author);

/// <summary>An author in an answer.</summary>
internal sealed record Author(string CollectionId, string CollectionName, string Id, string Name, string Bio, string Created, string Updated);

/// <summary>A draft in an answer.</summary>
internal sealed record Draft(
    string CollectionId, string CollectionName, string Id, string Title, string Body, long Views, string Author, string Created, string Updated);

/// <summary>The first page of a list.</summary>
internal sealed record Listing<T>(int Page, int PerPage, long TotalItems, long TotalPages, IEnumerable<T> Items)
{
    public static Listing<T> First(long total, IEnumerable<T> items) => new(1, Shape.PerPage, total, (total + Shape.PerPage - 1) / Shape.PerPage, items);
}

/// <summary>A post as a client sends it.</summary>
internal sealed record NewPost(string? Title, string? Body, long Views, string? Author, string[]? Tags, bool Published)
{
    [JsonIgnore]
    public bool IsValid => Title is { Length: > 0 and <= Shape.MaxTitle } && (Tags ?? []) is var tags && tags.Length <= Shape.MaxTags && tags.All(Shape.Tags.Contains);
}

/// <summary>Changes of a post; what is null stays.</summary>
internal sealed record PostPatch(string? Title, long? Views);

/// <summary>A batch of creates.</summary>
internal sealed record BatchRequest(IReadOnlyList<BatchItem> Requests);

/// <summary>One create of a batch.</summary>
internal sealed record BatchItem(NewPost Body);

/// <summary>Answer to one create of a batch.</summary>
internal sealed record BatchAnswer(int Status, Post Body);

/// <summary>Serialization made at compile time, with the naming of the web.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Post))]
[JsonSerializable(typeof(Listing<Post>))]
[JsonSerializable(typeof(Listing<Draft>))]
[JsonSerializable(typeof(NewPost))]
[JsonSerializable(typeof(PostPatch))]
[JsonSerializable(typeof(BatchRequest))]
[JsonSerializable(typeof(List<BatchAnswer>))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class Json : JsonSerializerContext;
