using System.CommandLine;
using System.Globalization;
using Hearth.App;

namespace Hearth.Cli;

/// <summary>Where an app keeps its data.</summary>
/// <param name="Folder">Folder of the database, or of what stands beside it.</param>
/// <param name="Postgres">Connection string of a PostgreSQL database; null for the database in the folder.</param>
/// <param name="Listen">A way to it past a pooler.</param>
/// <param name="Read">A replica of it to read from.</param>
/// <param name="Takeover">How long a node of it that died is missed for; null for the usual time.</param>
/// <param name="KeyVariable">Name of the environment variable that holds the key of the app; null for none.</param>
internal sealed record DataPlace(string Folder, string? Postgres, string? Listen = null, string? Read = null, TimeSpan? Takeover = null, string? KeyVariable = null)
{
    /// <summary>Puts it into the options of an app.</summary>
    public void Set(HearthOptions options)
    {
        options.DataDirectory = Folder;
        if (KeyVariable is not null) options.Encrypt(Environment.GetEnvironmentVariable(KeyVariable), KeyVariable);
        if (Postgres is not null) options.UsePostgres(Postgres, Listen, Read, Takeover);
    }
}

/// <summary>The options that say where the data is; every command that needs data has them. One object belongs to one command.</summary>
internal sealed class DataOptions
{
    private const string Variable = "HEARTH_POSTGRES";
    private const string ListenVariable = "HEARTH_POSTGRES_LISTEN";
    private const string ReadVariable = "HEARTH_POSTGRES_READ";
    private const string TakeoverVariable = "HEARTH_POSTGRES_TAKEOVER";

    private readonly Option<string> folder = new("--dir")
    {
        Description = "Folder that holds all data. It is made when it does not exist.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "hearth_data",
    };

    private readonly Option<string?> postgres = new("--postgres")
    {
        Description = $"Keep the data on a PostgreSQL server (14 or later): \"Host=...;Database=...;Username=...\". Logs and files stay in the folder. Without it {Variable} is used, when it is set; that keeps a password off the command line.",
        HelpName = "CONNECTION",
    };

    private readonly Option<string?> listen = new("--postgres-listen")
    {
        Description = $"Where --postgres goes through a pooler such as PgBouncer: the way past it, for the one connection that waits for news of other nodes. Without it {ListenVariable} is used, when it is set.",
        HelpName = "CONNECTION",
    };

    private readonly Option<string?> read = new("--postgres-read")
    {
        Description = $"The same database on a streaming replica: pages and single records are read there, except by who wrote in the last seconds. Without it {ReadVariable} is used, when it is set.",
        HelpName = "CONNECTION",
    };

    private readonly Option<string?> takeover = new("--postgres-takeover")
    {
        Description = $"Seconds, 2 to 300, after which a node that gave no sign of life counts as gone and others take over its work; the same on all nodes. Without it {TakeoverVariable} is used, when it is set, else 15.",
        HelpName = "SECONDS",
    };

    private readonly Option<string?> key = new("--encryption-env", "--encryptionEnv")
    {
        Description = "Name of an environment variable that holds a key of 32 characters: settings and secrets are encrypted with it. Data that was written with a key opens with that key only.",
        HelpName = "NAME",
    };

    /// <summary>Adds them to a command.</summary>
    public DataOptions AddTo(Command command)
    {
        command.Options.Add(folder);
        command.Options.Add(postgres);
        command.Options.Add(listen);
        command.Options.Add(read);
        command.Options.Add(takeover);
        command.Options.Add(key);
        command.Validators.Add(result =>
        {
            if ((result.GetValue(takeover) ?? Environment.GetEnvironmentVariable(TakeoverVariable)) is { } text && !string.IsNullOrWhiteSpace(text) && Seconds(text) is null)
            {
                result.AddError($"“{text}” is no number of seconds from 2 to 300 for --postgres-takeover (or {TakeoverVariable}).");
            }
        });
        return this;
    }

    /// <summary>What the command line and the environment say.</summary>
    public DataPlace Read(ParseResult parsed)
    {
        return new DataPlace(parsed.GetRequiredValue(folder), Given(postgres, Variable), Given(listen, ListenVariable), Given(read, ReadVariable), Given(takeover, TakeoverVariable) is { } text ? Seconds(text) : null, parsed.GetValue(key));

        string? Given(Option<string?> option, string variable) =>
            (parsed.GetValue(option) ?? Environment.GetEnvironmentVariable(variable)) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;
    }

    private static TimeSpan? Seconds(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 2 and <= 300 ? TimeSpan.FromSeconds(seconds) : null;
}
