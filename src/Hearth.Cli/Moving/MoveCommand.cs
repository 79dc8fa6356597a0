using System.CommandLine;
using Hearth.App;
using Hearth.Cli.Terminal;
using Hearth.Data;
using Hearth.Records.Moving;

namespace Hearth.Cli.Moving;

/// <summary><c>hearth move</c>: everything to a database of the other engine.</summary>
internal static class MoveCommand
{
    private const string ToPostgres = "postgres";
    private const string ToSqlite = "sqlite";

    /// <summary>Shown below the help.</summary>
    public static readonly string[] Examples =
    [
        "hearth move --to postgres \"Host=db;Database=hearth;Username=hearth\"                     from the folder hearth_data",
        "hearth move --to postgres \"Host=db;...\" --dir /var/lib/hearth --files /srv/hearth       with the uploaded files",
        "hearth move --to sqlite new_data --postgres \"Host=db;Database=hearth;Username=hearth\"   back into a folder",
    ];

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var to = new Option<string[]>("--to")
        {
            Description = "Where to: postgres with a connection string, or sqlite with a folder. The database must be empty. A password can stand in PGPASSWORD or ~/.pgpass instead.",
            HelpName = "postgres CONNECTION | sqlite DIR",
            Arity = new ArgumentArity(2, 2),
            AllowMultipleArgumentsPerToken = true,
            Required = true,
        };
        to.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var kind }, { Value: var place }] && (kind is not (ToPostgres or ToSqlite) || string.IsNullOrWhiteSpace(place)))
            {
                result.AddError($"--to takes postgres \"Host=...;Database=...\" or sqlite DIR, not {kind} {place}.");
            }
        });
        var files = new Option<string?>("--files") { Description = "With --to postgres: copy the uploaded files to this folder, which becomes the --dir of the new server. Without it they stay where they are.", HelpName = "DIR" };
        var skip = new Option<bool>("--skip-refused") { Description = "Leave out views and indexes that the new database refuses, and say which. Without it such a move does not begin." };
        var mend = new Option<bool>("--mend-values") { Description = "Let values that the new database cannot hold become what Hearth shows of them, and say which. Without it such a move does not begin." };
        var command = new Command("move", "Move everything to an empty database: collections, records, accounts, settings and files. The source is only read. Cut off, the same command goes on where it stopped. Stop the server first.")
        {
            to, files, skip, mend,
        };
        var data = new DataOptions().AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            var source = data.Read(parsed);
            var target = parsed.GetRequiredValue(to);
            var own = parsed.GetValue(files);
            if (target[0] == ToSqlite && own is not null)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync("--files is for --to postgres: with --to sqlite the files go into the folder.");
                return ExitCode.Usage;
            }
            var (from, there) = (new MovePlace(source.Folder, source.Postgres), target[0] == ToSqlite ? new MovePlace(target[1], null) : new MovePlace(own ?? source.Folder, target[1]));
            var options = new MoveOptions { SkipRefused = parsed.GetValue(skip), MendValues = parsed.GetValue(mend) };
            return await RunAsync(from, there, options, parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        });
        return command;
    }

    private static async Task<int> RunAsync(MovePlace from, MovePlace to, MoveOptions options, TextWriter output, TextWriter error)
    {
        using var stop = new StopSignal();
        using var progress = new MoveProgressLine(error);
        progress.Say($"Moving {from} to {to}.");
        try
        {
            var outcome = await DataMove.RunAsync(from, to, options with { OnProgress = progress.Show, OnNote = progress.Say }, stop.Token);
            progress.Finish();
            if (outcome.Failed(out var fault, out var report))
            {
                await FaultText.WriteAsync(error, fault);
                return ExitCode.Failed;
            }
            foreach (var part in report.LeftOut) await error.WriteLineAsync(part);
            foreach (var line in MoveSummary.Of(report, from, to)) await output.WriteLineAsync(line);
            return ExitCode.Done;
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            progress.Dispose();
            await error.WriteLineAsync("Stopped. The source is as it was; the same command goes on where this one stopped.");
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
