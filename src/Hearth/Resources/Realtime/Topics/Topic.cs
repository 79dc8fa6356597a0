using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Hearth.Resources.Realtime.Topics;

/// <summary>What a client subscribed to, read once for all who did (contract 9.3). Immutable.</summary>
internal sealed class Topic
{
    private const string OptionsMark = "?options=";

    private Topic(string text, string path, string options, IReadOnlyDictionary<string, string> query, IReadOnlyDictionary<string, string> headers)
    {
        (Text, Path, Options, Query, Headers) = (text, path, options, query, headers);
        Name = Encoding.UTF8.GetBytes(text);
        Filter = query.GetValueOrDefault("filter", "");
        Expand = query.GetValueOrDefault("expand", "");
        Fields = query.GetValueOrDefault("fields", "");
    }

    /// <summary>The whole text.</summary>
    public string Text { get; }

    /// <summary>The same in UTF-8: the name of its events.</summary>
    public byte[] Name { get; }

    /// <summary>The text without options, such as <c>posts/*</c>.</summary>
    public string Path { get; }

    /// <summary>The options as they were written; empty for none.</summary>
    public string Options { get; }

    /// <summary>What rules see as the query.</summary>
    public IReadOnlyDictionary<string, string> Query { get; }

    /// <summary>What rules see as headers, names normalised.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>A condition beside the rule; empty for none.</summary>
    public string Filter { get; }

    /// <summary>Relations to follow.</summary>
    public string Expand { get; }

    /// <summary>Keys of the record that are wanted; empty for all.</summary>
    public string Fields { get; }

    /// <summary>Events of records may come to it: it is not one of those that begin with an at sign.</summary>
    public bool MayBeRecords => Path.Length > 0 && Path[0] != '@';

    /// <summary>Who hears it hangs on who the stream belongs to, so that what becomes of accounts must be followed: all but the topic of sign-ins.</summary>
    public static bool HangsOnOwner(string path) => path.Length > 0 && path != "@oauth2";

    /// <summary>Reads a topic. Options that cannot be read count as none.</summary>
    public static Topic Parse(string text)
    {
        var mark = text.IndexOf('?', StringComparison.Ordinal);
        var path = mark < 0 ? text : text[..mark];
        var at = text.IndexOf(OptionsMark, StringComparison.Ordinal);
        if (at < 0) return new Topic(text, path, "", None, None);
        var written = text[(at + OptionsMark.Length)..];
        var end = written.IndexOf('&', StringComparison.Ordinal);
        if (end >= 0) written = written[..end];
        try
        {
            using var options = JsonDocument.Parse(Uri.UnescapeDataString(written.Replace('+', ' ')));
            return new Topic(text, path, written, Read(options.RootElement, "query", static name => name), Read(options.RootElement, "headers", NormalName));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second is half a character, written as \ud800.
            return new Topic(text, path, "", None, None);
        }
    }

    private static ImmutableDictionary<string, string> None => ImmutableDictionary<string, string>.Empty;

    private static IReadOnlyDictionary<string, string> Read(JsonElement options, string part, Func<string, string> nameOf)
    {
        if (options.ValueKind != JsonValueKind.Object || !options.TryGetProperty(part, out var values) || values.ValueKind != JsonValueKind.Object) return None;
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var value in values.EnumerateObject())
        {
            read[nameOf(value.Name)] = value.Value.ValueKind switch
            {
                JsonValueKind.String => value.Value.GetString() ?? "",
                JsonValueKind.Null => "",
                _ => value.Value.GetRawText(),
            };
        }
        return read;
    }

    private static string NormalName(string name) => string.Concat(name.Select(static c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '_'));
}
