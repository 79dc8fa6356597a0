using System.Diagnostics;
using System.Net;
using Shouldly;
using Xunit;
using Xunit.Sdk;
using static Hearth.Tests.Postgres.TroubledApp;

namespace Hearth.Tests.Postgres;

/// <summary>The database is there but has no connection, no time, no room, or no order to give: requests wait, are tried again, or get a clear 503.</summary>
public sealed class ScarcityTests
{
    [PostgresFact]
    public async Task Requests_wait_for_a_connection_and_are_told_when_there_is_none()
    {
        await using (var hasty = await OpenAsync("Maximum Pool Size=2;Timeout=1"))
        {
            await WithoutConnectionsAsync(hasty, async () => ShouldBeOutage(await hasty.ListAsync()));
        }
        await using var patient = await OpenAsync("Maximum Pool Size=2;Timeout=60");
        Task<Answer>? waiting = null;
        await WithoutConnectionsAsync(patient, async () =>
        {
            waiting = patient.ListAsync();
            await Task.Delay(300);
            waiting.IsCompleted.ShouldBeFalse();
        });
        (await waiting!).Status.ShouldBe(HttpStatusCode.OK);
        // Far more than there are connections.
        var many = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => i % 3 == 0 ? patient.AddAsync(NewId()) : patient.ListAsync()));
        many.ShouldAllBe(answer => answer.Status == HttpStatusCode.OK);
    }

    // Both connections are held by writes that wait for a lock, and come to their end behind it.
    private static async Task WithoutConnectionsAsync(TroubledApp trouble, Func<Task> meanwhile)
    {
        await using var other = await trouble.ConnectAsync();
        await using var transaction = await other.BeginTransactionAsync();
        await using var locking = new Npgsql.NpgsqlCommand("LOCK TABLE things IN EXCLUSIVE MODE", other);
        await locking.ExecuteNonQueryAsync();
        var writes = Enumerable.Range(0, 2).Select(_ => trouble.AddAsync(NewId())).ToList();
        await trouble.UntilWaitingAsync(2);
        await meanwhile();
        await transaction.RollbackAsync();
        foreach (var answer in await Task.WhenAll(writes)) answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
    }

    [PostgresFact]
    public async Task What_takes_too_long_ends()
    {
        await using var trouble = await OpenAsync("Command Timeout=1");
        await using var other = await trouble.ConnectAsync();
        await using (var transaction = await other.BeginTransactionAsync())
        {
            await using var locking = new Npgsql.NpgsqlCommand("LOCK TABLE things IN ACCESS EXCLUSIVE MODE", other);
            await locking.ExecuteNonQueryAsync();
            var watch = Stopwatch.StartNew();
            foreach (var answer in await Task.WhenAll(trouble.ListAsync(), trouble.AddAsync(NewId()))) ShouldBeOutage(answer);
            watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(14));
        }
        await trouble.ShouldHealAsync();
    }

    [PostgresTheory]
    [InlineData("serialization_failure")]
    [InlineData("deadlock_detected")]
    public async Task What_got_in_each_others_way_is_tried_again_and_told_when_it_always_does(string condition)
    {
        await using var trouble = await OpenAsync();
        await trouble.AdministerAsync(
            $"""
            CREATE SEQUENCE public.tries;
            CREATE FUNCTION public.meet() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                IF NEW.name = 'always' OR nextval('public.tries') < 3 THEN RAISE {condition}; END IF;
                RETURN NEW;
            END $$;
            CREATE TRIGGER meet BEFORE INSERT ON things FOR EACH ROW EXECUTE FUNCTION public.meet();
            """);
        (await trouble.AddAsync(NewId())).Status.ShouldBe(HttpStatusCode.OK);
        (await trouble.AdministerAsync("SELECT last_value FROM public.tries")).ShouldBe(3L);
        ShouldBeOutage(await trouble.App.SendAsync("POST", "/api/collections/things/records", new { name = "always" }));
        (await trouble.AdministerAsync("SELECT count(*) FROM things")).ShouldBe(1L);
    }

    [MountFact]
    public async Task A_full_disk_refuses_writes_until_there_is_room()
    {
        var folder = Directory.CreateTempSubdirectory("hearth-full-").FullName;
        var space = $"full_{Guid.NewGuid():N}";
        await MountFactAttribute.RunAsync("mount", "-t", "tmpfs", "-o", "size=20m,mode=777", "tmpfs", folder);
        try
        {
            var place = Path.Combine(folder, "space");
            Directory.CreateDirectory(place);
            await MountFactAttribute.RunAsync("chown", "postgres", place);
            await MountFactAttribute.RunAsync("chmod", "700", place);
            await MountFactAttribute.RunAsync("chmod", "755", folder);
            await PostgresCluster.OfThisRun.ExecuteAsync($"CREATE TABLESPACE {space} LOCATION '{place}'");
            await using (var trouble = await OpenAsync(tablespace: space))
            {
                var made = await trouble.App.SendAsync("POST", "/api/collections", new
                {
                    name = "bulk", type = "base", createRule = "", listRule = "", fields = new object[] { new { name = "text", type = "text", max = 1_000_000 } },
                }, await trouble.App.SuperuserTokenAsync());
                made.Status.ShouldBe(HttpStatusCode.OK, made.Text);
                Answer answer;
                var stored = 0;
                while ((answer = await AddBulkAsync(trouble)).Status == HttpStatusCode.OK) (++stored).ShouldBeLessThan(100, "the disk must get full");
                ShouldBeOutage(answer, HttpStatusCode.InsufficientStorage);
                (await trouble.App.GetAsync("/api/collections/bulk/records?fields=id")).Body.GetProperty("totalItems").GetInt32().ShouldBe(stored);
                await MountFactAttribute.RunAsync("mount", "-o", "remount,size=60m", folder);
                (await AddBulkAsync(trouble)).Status.ShouldBe(HttpStatusCode.OK);
            }
            await PostgresCluster.OfThisRun.ExecuteAsync($"DROP TABLESPACE {space}");
        }
        finally
        {
            await MountFactAttribute.RunAsync("umount", "-l", folder);
            Directory.Delete(folder);
        }
    }

    // Such text cannot be made small.
    private static Task<Answer> AddBulkAsync(TroubledApp trouble) => trouble.App.SendAsync(
        "POST", "/api/collections/bulk/records", new { text = Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(300_000)) });
}

/// <summary>A test with a disk of its own: left out where nobody may mount one, which needs root.</summary>
[TraitDiscoverer("Hearth.Tests.RunsOnceDiscoverer", "Hearth.Tests")]
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MountFactAttribute : FactAttribute, ITraitAttribute
{
    public MountFactAttribute() => Skip = SkippedCases.WithoutPostgres ?? (MayMount ? null : "mounting a small disk needs root");

    private static bool MayMount { get; } = Environment.UserName == "root" && RunAsync("unshare", "-m", "true").GetAwaiter().GetResult() == 0;

    internal static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
