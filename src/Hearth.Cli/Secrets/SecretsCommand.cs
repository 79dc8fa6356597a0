using System.CommandLine;
using Hearth.App;
using Hearth.Cli.Terminal;
using Hearth.Resources.Secrets;

namespace Hearth.Cli.Secrets;

/// <summary><c>hearth secrets</c>: another key for what is encrypted, or none.</summary>
internal static class SecretsCommand
{
    /// <summary>Shown below the help.</summary>
    public static readonly string[] Examples =
    [
        "hearth secrets encrypt --encryption-env HEARTH_KEY                      what was readable so far",
        "hearth secrets rekey --encryption-env HEARTH_KEY --to-env HEARTH_NEW    from one key to another",
        "hearth secrets decrypt --encryption-env HEARTH_KEY                      readable again; start without a key then",
    ];

    /// <summary>The command.</summary>
    public static Command Create() => new("secrets", "Encrypt settings and secrets with a key, with another key, or not any more. Stop the server first.") { Encrypt(), Rekey(), Decrypt() };

    private static Command Encrypt()
    {
        // Opening the data with a key encrypts what is readable.
        var command = new Command("encrypt", "Encrypt everything that is readable with the key that --encryption-env names.");
        return With(command, null, _ => null, "Everything is encrypted with the key in {0}.");
    }

    private static Command Rekey()
    {
        var to = new Option<string>("--to-env") { Description = "Name of the environment variable that holds the new key.", HelpName = "NAME", Required = true };
        var command = new Command("rekey", "Encrypt everything with another key.");
        return With(command, to, name => AppSecrets.Of(Environment.GetEnvironmentVariable(name), name), "Everything is encrypted with the key in {1} now. Start with --encryption-env {1} from now on.");
    }

    private static Command Decrypt() =>
        With(new Command("decrypt", "Make everything readable again."), null, _ => AppSecrets.None, "Nothing is encrypted any more. Start without --encryption-env from now on.");

    private static Command With(Command command, Option<string>? to, Func<string, AppSecrets?> choose, string done)
    {
        if (to is not null) command.Options.Add(to);
        var data = new DataOptions().AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            var place = data.Read(parsed);
            if (place.KeyVariable is null)
            {
                await error.WriteLineAsync("Name the environment variable that holds the key with --encryption-env.");
                return ExitCode.Usage;
            }
            var name = to is null ? "" : parsed.GetRequiredValue(to);
            var next = choose(name);
            using var stop = new StopSignal();
            await using var opened = await OpenData.OpenAsync(place, error, stop.Token);
            if (opened is null) return ExitCode.Failed;
            if (next is not null) await KeyChange.RunAsync(opened.App, next, CommandFacts.Of(), stop.Token);
            await output.WriteLineAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, done, place.KeyVariable, name));
            return ExitCode.Done;
        });
        return command;
    }
}
