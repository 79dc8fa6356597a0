using Hearth.Planning;

namespace Hearth.Cli;

/// <summary>Who runs a command, as the audit log tells it: the person and the machine of the operating system.</summary>
internal static class CommandFacts
{
    /// <summary>The facts of the command that runs.</summary>
    public static RequestFacts Of() => RequestFacts.CommandLine with { UserAgent = $"{Environment.UserName} on {Environment.MachineName}" };
}
