using System.Text.Json;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Resources.Settings;
using Hearth.Schema;

namespace Hearth.Resources.OldApps;

/// <summary>Code of the program that an app comes from, which stayed behind when it moved in: a line for each file. Kept in the database, so that it is told until somebody says that it is done.</summary>
internal static class OldHooks
{
    /// <summary>Where it is stored.</summary>
    public const string Key = "oldHooks";

    /// <summary>The lines as they are stored.</summary>
    public static FieldValue Stored(IEnumerable<string> lines) => FieldValue.Json($"{{\"lines\":{JsonSerializer.Serialize<string[]>([.. lines], PlainJson.Default.StringArray)}}}");

    /// <summary>The stored lines; none when there are none.</summary>
    public static async ValueTask<IReadOnlyList<string>> FindAsync(ReadSession session, CancellationToken stop)
    {
        if (await ParameterStore.FindAsync(session, Key, stop) is not { } stored) return [];
        using var document = JsonDocument.Parse(stored);
        return document.RootElement.TryGetProperty("lines", out var lines) ? [.. lines.EnumerateArray().Select(line => line.GetString() ?? "")] : [];
    }

    /// <summary>Forgets them. True when there were any.</summary>
    public static Task<bool> ForgetAsync(Engine engine, CancellationToken stop) => engine.WriteAsync(
        async session =>
        {
            var known = await ParameterStore.FindAsync(session, Key, stop) is not null;
            if (known && await session.ExecuteAsync(new DeleteRow(InternalTables.Params, Key), stop) is { } refused) throw new DataException(refused);
            return known;
        },
        _ => true,
        stop);
}
