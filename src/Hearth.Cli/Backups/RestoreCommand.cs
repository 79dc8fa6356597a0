using System.CommandLine;
using Hearth.Cli.Terminal;

namespace Hearth.Cli.Backups;

/// <summary><c>hearth restore</c>: brings a backup back without a server.</summary>
internal static class RestoreCommand
{
    /// <summary>Shown below the help.</summary>
    public static readonly string[] Examples =
    [
        "hearth restore before-the-upgrade.zip                  one of the app's own backups",
        "hearth restore /mnt/disk/hearth.zip --dir new_data     a file, into a new folder",
    ];

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var from = new Argument<string>("backup") { Description = "Name of one of the app's backups, or a file." };
        var command = new Command("restore", "Replace everything the app holds by a backup. It is looked through first; when anything is wrong with it nothing is changed. On SQLite stop the server first, or ask it to (POST /api/backups/NAME/restore).") { from };
        var data = new DataOptions().AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            var name = parsed.GetRequiredValue(from);
            using var stop = new StopSignal();
            await using var opened = await OpenData.OpenAsync(data.Read(parsed), error, stop.Token);
            if (opened is null) return ExitCode.Failed;
            var backups = opened.App.Backups;
            await using var file = await backups.FindAsync(name, stop.Token) is null && File.Exists(name) ? File.OpenRead(name) : null;
            var outcome = file is null ? await backups.RestoreAsync(name, CommandFacts.Of(), stop.Token) : await backups.RestoreAsync(file, Path.GetFileName(name), CommandFacts.Of(), stop.Token);
            if (outcome.Failed(out var fault, out var report))
            {
                await FaultText.WriteAsync(error, fault);
                return ExitCode.Failed;
            }
            foreach (var part in report.LeftOut) await error.WriteLineAsync(part);
            await output.WriteLineAsync($"Restored {report.Records:N0} records in {report.Collections:N0} collections.");
            return ExitCode.Done;
        });
        return command;
    }
}
