using Hearth.Schema;

namespace Hearth.Features.Realtime.Channels;

/// <summary>
/// A channel: what people around one record tell each other and who of them is there. Who may view the record may take part. The topics begin with an at sign, which no
/// name of a collection can.
/// </summary>
/// <param name="Collection">The collection of the record.</param>
/// <param name="Record">Id of the record.</param>
internal readonly record struct Channel(string Collection, string Record)
{
    private const string Prefix = "@channel/";

    /// <summary>The channel of a topic's path such as <c>@channel/rooms/ID</c>, with the id of the collection whichever way it was named; null for other topics.</summary>
    public static Channel? Of(string path, SchemaSnapshot schema)
    {
        if (!path.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        var parts = path[Prefix.Length..].Split('/');
        return parts.Length == 2 && parts[1].Length > 0 && schema.Find(parts[0]) is { } collection ? new Channel(collection.Id, parts[1]) : null;
    }

    /// <summary>The paths under which clients may listen to it.</summary>
    public static IEnumerable<string> PathsOf(Collection collection, string record) => [$"{Prefix}{collection.Name}/{record}", $"{Prefix}{collection.Id}/{record}"];
}
