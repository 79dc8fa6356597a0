using Spectre.Console;

namespace Hearth.Cli.Superusers;

/// <summary>Asks for a password: at a terminal twice and without showing it, else the first line of standard input.</summary>
internal static class PasswordInput
{
    /// <summary>The password, or null when none was given or the two differ.</summary>
    public static string? Read(TextWriter error)
    {
        if (Console.IsInputRedirected)
        {
            var line = Console.In.ReadLine();
            return string.IsNullOrEmpty(line) ? null : line;
        }
        // Questions go to standard error, so that standard output stays what the command answers.
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error) });
        var first = console.Prompt(new TextPrompt<string>("Password:").Secret(null));
        var second = console.Prompt(new TextPrompt<string>("Once more:").Secret(null));
        if (first == second) return first;
        error.WriteLine("The two passwords differ.");
        return null;
    }
}
