using System.CommandLine;
using Hearth.App;
using Hearth.Basics;
using Hearth.Cli.Terminal;

namespace Hearth.Cli.Superusers;

/// <summary><c>hearth superuser</c>: accounts that may do everything.</summary>
internal static class SuperuserCommand
{
    /// <summary>Shown below the help.</summary>
    public static readonly string[] Examples =
    [
        "hearth superuser upsert you@example.org          make it, or give it a new password; asks for the password",
        "hearth superuser upsert you@example.org < secret.txt",
        "hearth superuser delete you@example.org",
        "hearth superuser ips 203.0.113.7 10.0.0.0/8      from where they may work; without addresses from anywhere",
    ];

    /// <summary>The command with its verbs.</summary>
    public static Command Create() => new("superuser", "Make, change and remove superusers: accounts that every rule lets pass.")
    {
        Verb("upsert", "Make a superuser, or give an existing one a new password.", (accounts, email, password, stop) => accounts.UpsertAsync(email, password, stop)),
        Verb("create", "Make a superuser. It must not exist yet.", (accounts, email, password, stop) => accounts.CreateAsync(email, password, stop)),
        Verb("update", "Give a superuser a new password. Everywhere it is signed in it is signed out.", (accounts, email, password, stop) => accounts.UpdateAsync(email, password, stop)),
        Delete(),
        AddressesCommand.Create(),
    };

    private static Argument<string> Email() => new("EMAIL") { Description = "E-mail address of the superuser." };

    private static Command Verb(string name, string description, Func<SuperuserAccounts, string, string, CancellationToken, Task<Outcome<string>>> act)
    {
        var email = Email();
        var password = new Argument<string?>("PASSWORD")
        {
            Description = "Left out, it is asked for without showing it, or read as the first line of standard input.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command(name, description) { email, password };
        var data = new DataOptions().AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            var error = parsed.InvocationConfiguration.Error;
            if ((parsed.GetValue(password) ?? PasswordInput.Read(error)) is not { Length: > 0 } secret)
            {
                await error.WriteLineAsync("A password is needed.");
                return ExitCode.Usage;
            }
            if (PasswordAdvice.IsTrivial(secret, parsed.GetRequiredValue(email))) await error.WriteLineAsync("Warning: this password is one of the first that others would guess.");
            return await RunAsync(parsed, data, (accounts, stop) => act(accounts, parsed.GetRequiredValue(email), secret, stop));
        });
        return command;
    }

    private static Command Delete()
    {
        var email = Email();
        var command = new Command("delete", "Remove a superuser. The last one stays.") { email };
        var data = new DataOptions().AddTo(command);
        command.SetAction((parsed, _) => RunAsync(parsed, data, (accounts, stop) => accounts.DeleteAsync(parsed.GetRequiredValue(email), stop)));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, DataOptions data, Func<SuperuserAccounts, CancellationToken, Task<Outcome<string>>> act)
    {
        var error = parsed.InvocationConfiguration.Error;
        using var stop = new StopSignal();
        await using var opened = await OpenData.OpenAsync(data.Read(parsed), error, stop.Token);
        if (opened is null) return ExitCode.Failed;
        var outcome = await act(new SuperuserAccounts(opened.App), stop.Token);
        if (outcome.Failed(out var fault))
        {
            await FaultText.WriteAsync(error, fault);
            return ExitCode.Failed;
        }
        await parsed.InvocationConfiguration.Output.WriteLineAsync(outcome.Value);
        return ExitCode.Done;
    }
}
