using System.CommandLine;
using Hearth.Cli.Terminal;

namespace Hearth.Cli.Backups;

/// <summary><c>hearth backup</c>: takes a backup without a server.</summary>
internal static class BackupCommand
{
    /// <summary>Shown below the help.</summary>
    public static readonly string[] Examples =
    [
        "hearth backup                                 into the folder backups of hearth_data, or the bucket of the settings",
        "hearth backup before-the-upgrade.zip          with a name of your own",
        "hearth backup --to /mnt/disk/hearth.zip       and a copy of it to a file",
    ];

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var name = new Argument<string?>("name") { Description = "Name of the backup, such as monday.zip. Without it the name of the app and the time make one.", Arity = ArgumentArity.ZeroOrOne };
        var to = new Option<string?>("--to") { Description = "Also copy it to this file, which must not be there yet.", HelpName = "FILE" };
        var command = new Command("backup", "Take a backup: everything the app holds as it is at one moment, looked through after it was taken. On SQLite stop the server first, or ask it for one (POST /api/backups).") { name, to };
        var data = new DataOptions().AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            var copy = parsed.GetValue(to);
            if (copy is not null && File.Exists(copy))
            {
                await error.WriteLineAsync($"There is a file {copy} already.");
                return ExitCode.Failed;
            }
            using var stop = new StopSignal();
            await using var opened = await OpenData.OpenAsync(data.Read(parsed), error, stop.Token);
            if (opened is null) return ExitCode.Failed;
            if ((await opened.App.Backups.CreateAsync(parsed.GetValue(name) ?? "", CommandFacts.Of(), stop.Token)).Failed(out var fault, out var key))
            {
                await FaultText.WriteAsync(error, fault);
                return ExitCode.Failed;
            }
            if (copy is not null && await opened.App.Backups.OpenAsync(key, 0, null, stop.Token) is { } content)
            {
                await using (content)
                await using (var file = new FileStream(copy, OfOwner())) await content.CopyToAsync(file, stop.Token);
            }
            await output.WriteLineAsync(key);
            return ExitCode.Done;
        });
        return command;
    }

    // It holds hashes and secrets, like the data itself.
    private static FileStreamOptions OfOwner()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
