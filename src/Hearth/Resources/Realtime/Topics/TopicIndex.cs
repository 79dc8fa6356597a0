namespace Hearth.Resources.Realtime.Topics;

/// <summary>Who listens to what, found by the path of a topic. Not for two threads at once.</summary>
internal sealed class TopicIndex
{
    private readonly Dictionary<string, Dictionary<string, Entry>> byPath = new(StringComparer.Ordinal);

    /// <summary>Adds a stream to a topic; gives the topic as all share it.</summary>
    public Topic Add(string text, OpenStream stream)
    {
        var mark = text.IndexOf('?', StringComparison.Ordinal);
        var path = mark < 0 ? text : text[..mark];
        if (!byPath.TryGetValue(path, out var entries)) byPath[path] = entries = new Dictionary<string, Entry>(StringComparer.Ordinal);
        if (!entries.TryGetValue(text, out var entry)) entries[text] = entry = new Entry(Topic.Parse(text));
        entry.Add(stream);
        return entry.Topic;
    }

    /// <summary>Takes a stream off a topic.</summary>
    public void Remove(Topic topic, OpenStream stream)
    {
        if (!byPath.TryGetValue(topic.Path, out var entries) || !entries.TryGetValue(topic.Text, out var entry)) return;
        if (entry.Remove(stream) > 0) return;
        entries.Remove(topic.Text);
        if (entries.Count == 0) byPath.Remove(topic.Path);
    }

    /// <summary>The topics of a path, each with its streams.</summary>
    public void Find(string path, bool isList, List<Listeners> found)
    {
        if (!byPath.TryGetValue(path, out var entries)) return;
        foreach (var entry in entries.Values) found.Add(new Listeners(entry.Topic, isList, entry.Streams));
    }

    /// <summary>The topics that speak of a record of a collection, which has two names.</summary>
    public void FindRecord(string name, string record, List<Listeners> found)
    {
        Find(name + "/*", true, found);
        Find(name, true, found);
        Find($"{name}/{record}", false, found);
    }

    private sealed class Entry(Topic topic)
    {
        private readonly HashSet<OpenStream> streams = [];
        private OpenStream[]? all;

        public Topic Topic { get; } = topic;

        // Made when it is asked for, and good until somebody comes or goes.
        public OpenStream[] Streams => all ??= [.. streams];

        public void Add(OpenStream stream)
        {
            if (streams.Add(stream)) all = null;
        }

        public int Remove(OpenStream stream)
        {
            if (streams.Remove(stream)) all = null;
            return streams.Count;
        }
    }
}

/// <summary>The streams that listen to a topic at a moment.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="IsList">It speaks of all records of a collection, so the list rule decides; else of one.</param>
/// <param name="Streams">Who listens.</param>
internal readonly record struct Listeners(Topic Topic, bool IsList, OpenStream[] Streams);
