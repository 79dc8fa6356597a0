using System.CommandLine;
using Hearth.App;
using Hearth.App.MovingIn;
using Hearth.Cli.Terminal;
using Hearth.Data;
using Hearth.Records.Moving;

namespace Hearth.Cli.Moving;

/// <summary><c>hearth import pocketbase</c>: an app of PocketBase becomes one of Hearth.</summary>
internal static class PocketBaseCommand
{
    /// <summary>Shown below the help.</summary>
    public static readonly string[] Examples =
    [
        "hearth import pocketbase ~/myapp/pb_data                                              into the folder hearth_data",
        "hearth import pocketbase ~/myapp/pb_data --dir /srv/hearth                            into another one",
        "hearth import pocketbase ~/myapp/pb_data --dir /srv/hearth --postgres \"Host=db;...\"   into PostgreSQL; files go into the folder",
        "hearth import pocketbase ~/myapp/pb_data --encryption-env PB_ENCRYPTION_KEY           whose settings are encrypted",
        "hearth import pocketbase ~/myapp/pb_data --without-hooks                              whose code in pb_hooks you have read",
        "hearth import pocketbase ~/myapp/pb_data --verify                                     compare again, import nothing",
    ];

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var folder = new Argument<string>("PB_DATA") { Description = "The folder with data.db. It is only read." };
        var verify = new Option<bool>("--verify") { Description = "Import nothing: hold an app that was imported before against the folder, and end with 1 when anything is missing or different. Its server must not run meanwhile." };
        var withoutHooks = new Option<bool>("--without-hooks") { Description = "Import although there is code in pb_hooks beside the folder. Hearth does not run it; hearth doctor keeps naming it." };
        var command = new Command(
            "pocketbase",
            "Take over a PocketBase app (0.23 or later) whole: collections, records, accounts with passwords and tokens, settings, migration history and files. Cut off, the same command goes on where it stopped. Stop that app first.")
        {
            folder, verify, withoutHooks,
        };
        var data = new DataOptions().AddTo(command);
        command.SetAction(async (parsed, _) =>
            await RunAsync(parsed.GetRequiredValue(folder), data.Read(parsed), parsed.GetValue(verify), parsed.GetValue(withoutHooks), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
        return command;
    }

    private static async Task<int> RunAsync(string folder, DataPlace place, bool verify, bool withoutHooks, TextWriter output, TextWriter error)
    {
        using var stop = new StopSignal();
        using var progress = new MoveProgressLine(error);
        var into = new HearthOptions();
        place.Set(into);
        var to = new MovePlace(place.Folder, place.Postgres);
        progress.Say(verify ? $"Comparing {folder} with {to}." : $"Importing {folder} into {to}.");
        try
        {
            var options = new MoveInOptions { OnProgress = progress.Show, OnNote = progress.Say, WithoutHooks = withoutHooks };
            var outcome = verify ? await MoveIn.VerifyAsync(folder, into, options, stop.Token) : await MoveIn.RunAsync(folder, into, options, stop.Token);
            progress.Finish();
            if (outcome.Failed(out var fault, out var report))
            {
                await FaultText.WriteAsync(error, fault);
                return ExitCode.Failed;
            }
            foreach (var line in MoveInSummary.Of(report, folder, place)) await output.WriteLineAsync(line);
            return report is { Moved: null, Missing.Count: > 0 } ? ExitCode.Failed : ExitCode.Done;
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            progress.Dispose();
            await error.WriteLineAsync($"Stopped. {folder} is as it was; the same command goes on where this one stopped.");
            return ExitCode.Failed;
        }
        catch (DataException broken)
        {
            progress.Dispose();
            await error.WriteLineAsync(broken.Message);
            return ExitCode.Failed;
        }
    }
}
