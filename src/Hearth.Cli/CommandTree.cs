using System.CommandLine;
using System.CommandLine.Help;
using Hearth.Cli.Checking;
using Hearth.Cli.Backups;
using Hearth.Cli.Files;
using Hearth.Cli.Moving;
using Hearth.Cli.Secrets;
using Hearth.Cli.Serving;
using Hearth.Cli.Superusers;
using Hearth.Cli.Terminal;
using Hearth.Data;

namespace Hearth.Cli;

/// <summary>All commands of the program.</summary>
internal static class CommandTree
{
    /// <summary>The root command with everything below it.</summary>
    public static RootCommand Create()
    {
        var root = new RootCommand("Hearth: a complete back end in one program.");
        root.Subcommands.Add(ServeCommand.Create());
        root.Subcommands.Add(SuperuserCommand.Create());
        root.Subcommands.Add(ImportCommand.Create());
        root.Subcommands.Add(ExportCommand.Create());
        root.Subcommands.Add(MoveCommand.Create());
        root.Subcommands.Add(SecretsCommand.Create());
        root.Subcommands.Add(DoctorCommand.Create());
        root.Subcommands.Add(BackupCommand.Create());
        root.Subcommands.Add(RestoreCommand.Create());

        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!, new Dictionary<string, string[]> // the option is made with a HelpAction
        {
            [root.Name] =
            [
                "hearth serve --demo                                    start with airports to play with",
                "hearth superuser upsert you@example.org                make an account that may do everything",
                "hearth import people.csv --collection people --create  bring a spreadsheet",
            ],
            ["serve"] = ServeCommand.Examples,
            ["superuser"] = SuperuserCommand.Examples,
            ["import"] = ImportCommand.Examples,
            ["pocketbase"] = PocketBaseCommand.Examples,
            ["export"] = ExportCommand.Examples,
            ["move"] = MoveCommand.Examples,
            ["secrets"] = SecretsCommand.Examples,
            ["doctor"] = DoctorCommand.Examples,
            ["backup"] = BackupCommand.Examples,
            ["restore"] = RestoreCommand.Examples,
        });
        return root;
    }

    /// <summary>Reads the arguments and runs the command they name.</summary>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        var root = Create();
        if (args.Length == 0) args = ["--help"];
        var parsed = root.Parse(args);
        // Who asks for help need not type a whole command.
        if (parsed.Errors.Count > 0 && parsed.Action is not HelpWithExamples)
        {
            foreach (var problem in parsed.Errors) await error.WriteLineAsync(problem.Message);
            var path = parsed.CommandResult.Command is RootCommand ? "hearth" : $"hearth {parsed.CommandResult.Command.Name}";
            await error.WriteLineAsync($"See {path} --help.");
            return ExitCode.Usage;
        }
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                Output = output,
                Error = error,
                // Each command listens to the signals itself, so that it can finish what it has begun.
                ProcessTerminationTimeout = null,
                EnableDefaultExceptionHandler = false,
            });
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("Stopped.");
            return ExitCode.Failed;
        }
        catch (Exception exception) when (exception is DataException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            // A full disk, a broken pipe, a folder of somebody else: the person can mend it, the stack trace would not help.
            await error.WriteLineAsync(exception.Message);
            return ExitCode.Failed;
        }
    }
}
