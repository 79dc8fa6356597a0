using System.Text.Json;
using Hearth.App;
using Hearth.Basics;
using Hearth.Cli.Superusers;
using Hearth.Cli.Terminal;
using Hearth.Records.Transfer;
using Hearth.Schema.Changes;

namespace Hearth.Cli.Serving;

/// <summary>The superuser that the demo made; its password is shown once.</summary>
internal sealed record DemoAccount(string Email, string Password);

/// <summary>What the demo got ready before the server starts.</summary>
/// <param name="PublicDirectory">Folder with the demo's page.</param>
/// <param name="Account">The superuser that was made; null when there was one already.</param>
internal sealed record DemoReady(string PublicDirectory, DemoAccount? Account);

/// <summary>The demo: <c>samples/atlas</c>, carried inside the program.</summary>
internal static class DemoData
{
    private const string Prefix = "atlas/";
    private const string Collection = "airports";
    /// <summary>E-mail address of the superuser that the demo makes.</summary>
    public const string Email = "demo@example.com";

    private const string Alphabet = "abcdefghjkmnpqrstuvwxyz23456789";

    /// <summary>Loads the collections and records that are missing, makes a superuser when there is none, and lays out the page.</summary>
    public static async Task<DemoReady?> PrepareAsync(DataPlace place, FirstAccount? first, TextWriter output, TextWriter error, CancellationToken stop)
    {
        await using var opened = await OpenData.OpenAsync(place, error, stop, first is null ? null : first.Set);
        if (opened is null) return null;
        var app = opened.App;
        if (app.Schema.Find(Collection) is null)
        {
            await output.WriteLineAsync("Loading the airports of the United States …");
            if (await LoadAsync(app, stop) is { } fault)
            {
                await FaultText.WriteAsync(error, fault);
                return null;
            }
        }
        var accounts = new SuperuserAccounts(app);
        DemoAccount? account = null;
        if (!await accounts.AnyAsync(stop))
        {
            // No letters that are easily taken for others: a person may type it from the screen.
            account = new DemoAccount(Email, RandomText.Of(14, Alphabet));
            if ((await accounts.CreateAsync(account.Email, account.Password, stop)).Failed(out var refused))
            {
                await FaultText.WriteAsync(error, refused);
                return null;
            }
        }
        return new DemoReady(LayOutPage(place.Folder), account);
    }

    private static async Task<Fault?> LoadAsync(HearthApp app, CancellationToken stop)
    {
        using (var definition = JsonDocument.Parse(Open("collections.json")))
        {
            JsonElement[] collections = [.. definition.RootElement.GetProperty("collections").EnumerateArray()];
            var changed = await app.Schemas.ChangeAsync(schema => Proposals.Import(schema, collections, deleteMissing: false, app.Schemas.Now), stop, CommandFacts.Of());
            if (changed.Failed(out var refused)) return refused;
        }
        await using var rows = Open("airports.csv");
        var options = new ImportOptions { Collection = Collection, Format = TransferFormat.Csv, Key = "iata", Facts = CommandFacts.Of() };
        return (await app.Transfer.ImportAsync(rows, options, stop)).Fault;
    }

    // The page is written anew at every start, so that it is always the one of this program.
    private static string LayOutPage(string folder)
    {
        const string pages = Prefix + "public/";
        var target = Path.Combine(folder, "demo");
        Directory.CreateDirectory(target);
        foreach (var name in typeof(DemoData).Assembly.GetManifestResourceNames())
        {
            if (!name.StartsWith(pages, StringComparison.Ordinal)) continue;
            using var source = Open(name[Prefix.Length..]);
            using var file = File.Create(Path.Combine(target, name[pages.Length..]));
            source.CopyTo(file);
        }
        return target;
    }

    private static Stream Open(string name) => typeof(DemoData).Assembly.GetManifestResourceStream(Prefix + name)
        ?? throw new InvalidOperationException($"The program was built without {Prefix}{name}.");
}
