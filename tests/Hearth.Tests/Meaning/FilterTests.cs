using Hearth.Planning;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Meaning;

public sealed class FilterTests(FilterTests.Data data) : IClassFixture<FilterTests.Data>
{
    public static TheoryData<string> Names => [.. FilterCases.All.Select(c => c.Name)];

    [Theory, MemberData(nameof(Names))]
    public async Task Finds(string name)
    {
        var (_, filter, ids) = FilterCases.All.Single(c => c.Name == name);
        var shop = new Shop();
        var plan = new ReadPlan { From = shop.Base, Where = filter(shop) };
        (await data.Database.IdsAsync(plan)).ShouldBe(ids);
        (await data.Database.CountAsync(plan)).ShouldBe(ids.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length);
        using var session = await data.Database.Engine.ReadAsync(default);
        (await session.AnyAsync(plan, default)).ShouldBe(ids.Length > 0);
    }

    public sealed class Data : IAsyncLifetime
    {
        public TestDatabase Database { get; private set; } = null!;

        public async Task InitializeAsync() => Database = await Shop.OpenAsync();

        public async Task DisposeAsync() => await Database.DisposeAsync();
    }
}
