using Hearth.Basics;

namespace Hearth.Cli.Terminal;

/// <summary>Faults as lines for people.</summary>
internal static class FaultText
{
    /// <summary>Writes the message, the reason when there is one, and each field with what is wrong with it.</summary>
    public static async Task WriteAsync(TextWriter error, Fault fault)
    {
        await error.WriteLineAsync(fault.Message);
        foreach (var line in Lines(fault.Data, "")) await error.WriteLineAsync($"  {line}");
        if (fault.Cause is not null) await error.WriteLineAsync($"  {fault.Cause}");
    }

    private static IEnumerable<string> Lines(FaultMap map, string path)
    {
        foreach (var (name, entry) in map.Entries)
        {
            var here = path.Length == 0 ? name : $"{path}.{name}";
            if (entry is FieldFault field) yield return $"{here}: {field.Message}";
            if (entry is not FaultMap inner) continue;
            foreach (var line in Lines(inner, here)) yield return line;
        }
    }
}
