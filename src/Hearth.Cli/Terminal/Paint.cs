namespace Hearth.Cli.Terminal;

/// <summary>Colours for a terminal; plain text elsewhere, and where NO_COLOR is set (no-color.org).</summary>
internal sealed class Paint(TextWriter output)
{
    private readonly bool on = ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") != "dumb";

    /// <summary>What stands out.</summary>
    public string Strong(string text) => Wrap("1", text);

    /// <summary>The colour of the house.</summary>
    public string Ember(string text) => Wrap("38;5;208", text);

    /// <summary>What steps back.</summary>
    public string Soft(string text) => Wrap("2", text);

    private string Wrap(string code, string text) => on ? $"\e[{code}m{text}\e[0m" : text;
}
