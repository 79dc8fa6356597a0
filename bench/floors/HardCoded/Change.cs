using System.Text.Json;

namespace Hearth.Floors.HardCoded;

/// <summary>Something to write, and the promise of its answer.</summary>
internal abstract class Change
{
    public TaskCompletionSource<byte[]?> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public sealed class Create(NewPost post) : Change
    {
        public NewPost Post { get; } = post;
    }

    public sealed class Batch(IReadOnlyList<NewPost> posts) : Change
    {
        public IReadOnlyList<NewPost> Posts { get; } = posts;
    }

    public sealed class Update(string id, string? title, long? views) : Change
    {
        public string Id { get; } = id;

        public string? Title { get; } = title;

        public long? Views { get; } = views;

        /// <summary>Reads the object at the reader; null when it is refused.</summary>
        public static Update? Read(string id, ref Utf8JsonReader json)
        {
            string? title = null;
            long? views = null;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                if (json.ValueTextEquals("title"u8) && json.Read()) title = json.GetString();
                else if (json.ValueTextEquals("views"u8) && json.Read()) views = json.GetInt64();
                else json.Skip();
            }

            return title is { Length: 0 or > Shape.MaxTitle } ? null : new Update(id, title, views);
        }
    }
}
