using System.Text.Json;
using System.Text.Json.Serialization;
using Hearth.Basics;

namespace Hearth.Data.Sqlite.History;

/// <summary>How far the history has been written. What is older than the truth does no harm: pieces that are written twice say the same.</summary>
internal sealed record HistoryState
{
    /// <summary>Name of the unbroken line.</summary>
    public string Line { get; init; } = "";

    /// <summary>Number of the next piece.</summary>
    public long Next { get; init; } = 1;

    /// <summary>Salts of the log that was read last.</summary>
    public uint FirstSalt { get; init; }

    /// <summary>The other one.</summary>
    public uint SecondSalt { get; init; }

    /// <summary>Frames of that log that are in pieces.</summary>
    public long Frames { get; init; }

    /// <summary>All of that log was in pieces when it was last moved into the file, so the next log goes on where it ended.</summary>
    public bool Closed { get; init; }

    /// <summary>The file as it was left at a clean end, when there was no log any more; empty otherwise.</summary>
    public string Left { get; init; } = "";

    private const string Name = "state.json";

    public static HistoryState? Read(string folder)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(folder, Name)), HistoryJson.Default.HistoryState);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    public void Write(string folder, bool flush)
    {
        var (draft, path) = (Path.Combine(folder, Name + ".part"), Path.Combine(folder, Name));
        using (var file = OwnerOnly.Create(draft, FileMode.Create))
        {
            JsonSerializer.Serialize(file, this, HistoryJson.Default.HistoryState);
            file.Flush(flush);
        }
        File.Move(draft, path, overwrite: true);
    }

    /// <summary>Forgets it.</summary>
    public static void Remove(string folder) => File.Delete(Path.Combine(folder, Name));

    /// <summary>What can be seen of a database file that nobody has changed since.</summary>
    public static string LookOf(string file)
    {
        var info = new FileInfo(file);
        if (!info.Exists) return "";
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var start = new byte[100];
        stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return $"{info.Length} {info.LastWriteTimeUtc.Ticks} {Convert.ToHexStringLower(start)}";
    }
}

[JsonSerializable(typeof(HistoryState))]
internal sealed partial class HistoryJson : JsonSerializerContext;
