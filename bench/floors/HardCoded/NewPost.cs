using System.Security.Cryptography;
using System.Text.Json;

namespace Hearth.Floors.HardCoded;

/// <summary>A post as a client sends it, checked. <c>Tags</c> is the JSON text that the column holds.</summary>
internal sealed record NewPost(string Title, string Body, long Views, string Author, string Tags, bool Published)
{
    /// <summary>Reads the object at the reader and checks it; null when it is refused.</summary>
    public static NewPost? Read(ref Utf8JsonReader json)
    {
        string title = "", body = "", author = "", tags = "[]";
        long views = 0;
        var published = false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("title"u8) && json.Read()) title = json.GetString() ?? "";
            else if (json.ValueTextEquals("body"u8) && json.Read()) body = json.GetString() ?? "";
            else if (json.ValueTextEquals("views"u8) && json.Read()) views = json.GetInt64();
            else if (json.ValueTextEquals("author"u8) && json.Read()) author = json.GetString() ?? "";
            else if (json.ValueTextEquals("published"u8) && json.Read()) published = json.GetBoolean();
            else if (json.ValueTextEquals("tags"u8) && json.Read()) tags = ReadTags(ref json) ?? "";
            else json.Skip();
        }

        return title.Length is 0 or > Shape.MaxTitle || tags.Length == 0 ? null : new NewPost(title, body, views, author, tags, published);
    }

    /// <summary>Reads <c>{"requests": [{"body": {...}}]}</c>; null when a post is refused.</summary>
    public static List<NewPost>? ReadBatch(ref Utf8JsonReader json)
    {
        var posts = new List<NewPost>(50);
        while (json.Read())
        {
            if (json.TokenType != JsonTokenType.PropertyName || json.CurrentDepth != 3 || !json.ValueTextEquals("body"u8)) continue;
            json.Read();
            if (Read(ref json) is not { } post) return null;
            posts.Add(post);
        }

        return posts;
    }

    /// <summary>Fifteen characters, as Hearth makes them.</summary>
    public static string NewId() => RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", 15);

    private static string? ReadTags(ref Utf8JsonReader json)
    {
        var tags = new List<string>(Shape.MaxTags);
        while (json.Read() && json.TokenType == JsonTokenType.String)
        {
            var tag = json.GetString() ?? "";
            if (!Shape.Tags.Contains(tag)) return null;
            if (!tags.Contains(tag)) tags.Add(tag);
        }

        return tags.Count > Shape.MaxTags ? null : tags.Count == 0 ? "[]" : $"[\"{string.Join("\",\"", tags)}\"]";
    }
}
