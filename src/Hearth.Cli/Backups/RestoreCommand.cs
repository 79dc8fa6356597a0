using System.CommandLine;
using Hearth.Basics;
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
        "hearth restore --at \"2026-03-04 05:06:07\"             as everything was at that moment",
    ];

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var from = new Argument<string?>("backup") { Description = "Name of one of the app's backups, or a file. Not with --at.", Arity = ArgumentArity.ZeroOrOne };
        var at = new Option<string?>("--at") { Description = "Restore the state of this moment (UTC unless it says otherwise), such as \"2026-03-04 05:06:07\", from the history that backups.historyDays keeps. On SQLite.", HelpName = "TIME" };
        var command = new Command("restore", "Replace everything the app holds by a backup. It is looked through first; when anything is wrong with it nothing is changed. On SQLite stop the server first, or ask it to (POST /api/backups/NAME/restore).") { from, at };
        var data = new DataOptions().AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            var (name, time) = (parsed.GetValue(from) ?? "", parsed.GetValue(at));
            var instant = default(DateTimeOffset);
            if (name.Length > 0 == time is not null || (time is not null && !DateText.TryParse(time, out instant)))
            {
                await error.WriteLineAsync(time is null ? "Name a backup, a file, or a moment with --at." : name.Length > 0 ? "Name either a backup or a moment." : $"“{time}” is no time such as 2026-03-04 05:06:07.");
                return ExitCode.Usage;
            }
            using var stop = new StopSignal();
            await using var opened = await OpenData.OpenAsync(data.Read(parsed), error, stop.Token);
            if (opened is null) return ExitCode.Failed;
            var backups = opened.App.Backups;
            await using var file = time is null && await backups.FindAsync(name, stop.Token) is null && File.Exists(name) ? File.OpenRead(name) : null;
            var outcome = time is not null ? await opened.App.History.RestoreAsync(instant, CommandFacts.Of(), stop.Token)
                : file is null ? await backups.RestoreAsync(name, CommandFacts.Of(), stop.Token) : await backups.RestoreAsync(file, Path.GetFileName(name), CommandFacts.Of(), stop.Token);
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
