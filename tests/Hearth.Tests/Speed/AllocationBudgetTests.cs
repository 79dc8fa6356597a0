using System.Text;
using System.Text.Json;
using Shouldly;
using Xunit;
using Xunit.Abstractions;

namespace Hearth.Tests.Speed;

/// <summary>What the process allocates, and how long something takes, can only be told while no other test runs.</summary>
[CollectionDefinition("Alone", DisableParallelization = true)]
public sealed class Alone;

/// <summary>What one request allocates in steady state, on top of an empty endpoint, stays below the budgets of bench/budgets.json.</summary>
[Collection("Alone")]
[RunsOnce]
public sealed class AllocationBudgetTests(MeasuredApp app, ITestOutputHelper output) : IClassFixture<MeasuredApp>
{
    // A sample is long enough for some turns of the request log's writer, which belongs to the price of a request.
    private const int Connections = 16, Samples = 3, WarmingMillis = 1500, SampleMillis = 700;
#if DEBUG
    private const string? Skip = "Code that is not optimized allocates more.";
#else
    private const string? Skip = null;
#endif
    private const string Records = "/api/collections/posts/records", Page = "?page=1&perPage=30&sort=-views&filter=views%3E%3D20%20%26%26%20views%3C150";

    [Theory(Skip = Skip)]
    [InlineData("get", "\"id\":")]
    [InlineData("list", "\"totalItems\":130")]
    [InlineData("listUnderRule", "\"totalItems\":65")]
    [InlineData("expand", "\"bio\":")]
    [InlineData("create", "\"id\":")]
    public void A_request_allocates_no_more_than_its_budget(string work, string expected)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(BudgetFile()));
        var budget = document.RootElement.GetProperty("bytes").GetProperty(work).GetInt32();
        var request = work switch
        {
            "get" => LeanClient.Request("GET", $"{Records}/{app.PostId}"),
            "list" => LeanClient.Request("GET", Records + Page),
            "listUnderRule" => LeanClient.Request("GET", "/api/collections/drafts/records" + Page, token: app.Token),
            "expand" => LeanClient.Request("GET", $"{Records}{Page}&expand=author"),
            _ => LeanClient.Request("POST", Records, JsonSerializer.Serialize(new
            {
                title = "A title", body = new string('x', 200), views = 1000, author = app.AuthorId, tags = new[] { "news" }, published = true,
            })),
        };
        using (var client = new LeanClient(app.Url))
        {
            client.Send(request);
            Encoding.UTF8.GetString(client.Take()).ShouldContain(expected);
        }

        var allocated = AllocatedARequest(app.Url, request) - (app.AllocatedByEmpty ??= AllocatedByEmptyEndpoint());
        output.WriteLine($"{work}: {allocated} bytes on top of {app.AllocatedByEmpty}, budget {budget}");
        allocated.ShouldBeInRange(1, budget, $"{work} allocates more than bench/budgets.json allows");
    }

    [Fact(Skip = Skip)]
    public void The_client_and_the_empty_endpoint_allocate_next_to_nothing()
    {
        AllocatedByEmptyEndpoint().ShouldBeInRange(0, 300);
    }

    private long AllocatedByEmptyEndpoint() => AllocatedARequest(app.EmptyUrl, LeanClient.Request("GET", "/"));

    /// <summary>
    /// Bytes that the whole process allocates for one request, with a few connections at once, when the compiler has done its work;
    /// the smallest of some samples, since whatever else the process does only adds to them.
    /// </summary>
    private static long AllocatedARequest(string url, byte[] request)
    {
        var clients = Enumerable.Range(0, Connections).Select(_ => new LeanClient(url)).ToArray();
        try
        {
            AskFor(WarmingMillis, clients, request);
            var least = long.MaxValue;
            for (var i = 0; i < Samples; i++)
            {
                var before = GC.GetTotalAllocatedBytes(precise: true);
                var requests = AskFor(SampleMillis, clients, request);
                least = Math.Min(least, (GC.GetTotalAllocatedBytes(precise: true) - before) / requests);
            }

            return least;
        }
        finally
        {
            foreach (var client in clients) client.Dispose();
        }
    }

    /// <summary>Asks for some time and gives the number of requests.</summary>
    private static int AskFor(int millis, LeanClient[] clients, byte[] request)
    {
        var requests = 0;
        for (var until = Environment.TickCount64 + millis; Environment.TickCount64 < until; requests += clients.Length)
        {
            foreach (var client in clients) client.Send(request);
            foreach (var client in clients) client.Take();
        }

        return requests;
    }

    private static string BudgetFile()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "bench", "budgets.json");
            if (File.Exists(file)) return file;
        }

        throw new FileNotFoundException("bench/budgets.json");
    }
}
