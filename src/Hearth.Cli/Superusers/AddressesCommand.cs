using System.CommandLine;
using Hearth.App;
using Hearth.Basics;
using Hearth.Cli.Terminal;

namespace Hearth.Cli.Superusers;

/// <summary><c>hearth superuser ips</c>: from where superusers may work. The way back for who is shut out, also while the server runs.</summary>
internal static class AddressesCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var addresses = new Argument<string[]>("IP")
        {
            Description = "Addresses and networks, such as 203.0.113.7 or 10.0.0.0/8. None: superusers may work from anywhere.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new Command("ips", "Say from which addresses superusers may work, or with none that they may from anywhere. A running server takes it up at once.") { addresses };
        var data = new DataOptions().AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            using var stop = new StopSignal();
            var wanted = parsed.GetValue(addresses) ?? [];
            if ((await SetAsync(data.Read(parsed), wanted, error, stop.Token)).Failed(out var fault, out var done))
            {
                await FaultText.WriteAsync(error, fault);
                return ExitCode.Failed;
            }
            if (!done) return ExitCode.Failed;
            await output.WriteLineAsync(wanted.Length == 0 ? "Superusers may work from any address." : $"Superusers may work from: {string.Join(", ", wanted)}");
            return ExitCode.Done;
        });
        return command;
    }

    // False: the reason has been told.
    private static async Task<Outcome<bool>> SetAsync(DataPlace place, string[] wanted, TextWriter error, CancellationToken stop)
    {
        using var reason = new StringWriter();
        await using (var opened = await OpenData.OpenAsync(place, reason, stop))
        {
            if (opened is not null) return await SuperuserAddresses.SetAsync(opened.App, wanted, CommandFacts.Of(), stop);
        }
        // A server holds the folder: it is asked to do it itself.
        if (place.Postgres is null && (await SuperuserAddresses.OrderAsync(place.Folder, wanted, CommandFacts.Of().UserAgent, stop)) is var ordered && (ordered.Failed(out _, out var done) || done)) return ordered;
        await error.WriteAsync(reason.ToString());
        return false;
    }
}
