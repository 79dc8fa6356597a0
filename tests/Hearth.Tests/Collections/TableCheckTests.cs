using System.Net;
using Hearth.Data;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Collections;

/// <summary>Tables that were changed past Hearth are told when the schema is loaded, with what is missing.</summary>
public sealed class TableCheckTests
{
    [Theory]
    [InlineData("ALTER TABLE things DROP COLUMN title", "\"things\" has a field \"title\"")]
    [InlineData("ALTER TABLE things RENAME COLUMN title TO name", "\"things\" has a field \"title\"")]
    [InlineData("DROP TABLE things", "\"things\" has a field \"id\"")]
    public async Task What_is_missing_is_named_with_what_to_do(string change, string told)
    {
        await using var app = await TestApp.StartAsync();
        var collection = new { name = "things", type = "base", fields = new[] { new { name = "title", type = "text" } } };
        (await app.SendAsync("POST", "/api/collections", collection, await app.SuperuserTokenAsync())).Status.ShouldBe(HttpStatusCode.OK);
        using var store = new SchemaStore(app.App.Engine, TimeProvider.System);
        await store.LoadAsync(default);
        await app.App.Engine.WriteAsync(session => session.ExecuteNativeSqlAsync(change, [], default), null, default);
        var refused = await Should.ThrowAsync<DataException>(() => store.LoadAsync(default));
        refused.Message.ShouldContain(told);
        refused.Message.ShouldContain("restore a backup");
    }
}
