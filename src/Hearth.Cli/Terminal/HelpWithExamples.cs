using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Hearth.Cli.Terminal;

/// <summary>The ordinary help, followed by examples.</summary>
internal sealed class HelpWithExamples(HelpAction ordinary, IReadOnlyDictionary<string, string[]> examples) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var code = ordinary.Invoke(parseResult);
        if (!examples.TryGetValue(parseResult.CommandResult.Command.Name, out var lines)) return code;
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (var line in lines) output.WriteLine($"  {line}");
        output.WriteLine();
        return code;
    }
}
