using System.Text;
using System.Text.Json;
using Hearth.App;
using Hearth.Basics;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Records.Transfer;
using Hearth.Schema.Changes;

namespace Hearth.Tests.Transfer;

/// <summary>An app without a server in a fresh folder, as the command line opens it.</summary>
internal sealed class OpenApp : IAsyncDisposable
{
    private readonly string folder;

    private OpenApp(HearthApp app, string folder) => (App, this.folder) = (app, folder);

    public HearthApp App { get; }

    public static async Task<OpenApp> StartAsync(Action<HearthBuilder>? build = null, TimeProvider? clock = null)
    {
        var folder = Directory.CreateTempSubdirectory("hearth-test-").FullName;
        var options = new HearthOptions { Clock = clock ?? TimeProvider.System };
        (await TestEngine.ForFolderAsync(folder, fresh: false))(options);
        var builder = new HearthBuilder(options);
        build?.Invoke(builder);
        var app = builder.Build();
        await app.StartAsync();
        return new OpenApp(app, folder);
    }

    /// <summary>Makes or changes collections from the list that <c>PUT /api/collections/import</c> takes.</summary>
    public async Task DefineAsync(string collections)
    {
        JsonElement[] entries = [.. JsonElement.Parse(collections).EnumerateArray()];
        var changed = await App.Schemas.ChangeAsync(schema => Proposals.Import(schema, entries, false, App.Schemas.Now), CancellationToken.None);
        if (changed.Failed(out var fault)) throw new InvalidOperationException(Describe(fault));
    }

    /// <summary>Imports text; the faults of rows are added to the list.</summary>
    public async Task<Outcome<ImportReport>> ImportAsync(
        string text, string collection, TransferFormat format = TransferFormat.Csv, string? key = null, bool create = false, List<RowFault>? faults = null) =>
        await App.Transfer.ImportAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), new ImportOptions
        {
            Collection = collection,
            Format = format,
            Key = key,
            Create = create,
            OnFault = fault => (faults ?? throw new InvalidOperationException($"line {fault.Line}: {fault.Reason}")).Add(fault),
        });

    public async Task<string> ExportAsync(string collection, TransferFormat format = TransferFormat.Ndjson)
    {
        using var file = new MemoryStream();
        var exported = await App.Transfer.ExportAsync(file, new ExportOptions { Collection = collection, Format = format });
        if (exported.Failed(out var fault)) throw new InvalidOperationException(fault.Message);
        return Encoding.UTF8.GetString(file.ToArray());
    }

    /// <summary>Adds a record from its JSON as the program itself.</summary>
    public async Task<Record> AddAsync(string collection, string json)
    {
        var body = JsonElement.Parse(json).EnumerateObject().ToDictionary(member => member.Name, member => member.Value);
        var created = await App.Records.CreateAsync(App.Schema, App.Schema.Find(collection)!, new Submission(body), RequestFacts.None);
        return created.Failed(out var fault) ? throw new InvalidOperationException(Describe(fault)) : created.Value;
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await TestEngine.RemoveAsync(folder);
    }

    private static string Describe(Fault fault) => $"{fault.Message} {string.Join(", ", fault.Data.Entries)} {fault.Cause}";
}
