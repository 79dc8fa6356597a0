using System.Text.Json;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Schema;
using Shouldly;

namespace Hearth.Tests.Audit;

/// <summary>What the tests of the audit log ask of an app again and again.</summary>
internal static class AuditedApp
{
    /// <summary>The report once everything has its place in the chain.</summary>
    public static async Task<JsonElement> VerifyAsync(this TestApp app, string query = "")
    {
        await app.App.Audit.SealAsync(default);
        return await app.CheckAsync(query);
    }

    /// <summary>The report as things are.</summary>
    public static async Task<JsonElement> CheckAsync(this TestApp app, string query = "")
    {
        var answer = await app.GetAsync("/api/audit/verify" + query, await app.SuperuserTokenAsync());
        ((int)answer.Status).ShouldBe(200, answer.Text);
        return answer.Body;
    }

    /// <summary>The entries of a filter, oldest first.</summary>
    public static async Task<JsonElement[]> EntriesAsync(this TestApp app, string filter)
    {
        await app.App.Audit.SealAsync(default);
        var answer = await app.GetAsync($"/api/audit?perPage=500&sort=number&filter={Uri.EscapeDataString(filter)}", await app.SuperuserTokenAsync());
        ((int)answer.Status).ShouldBe(200, answer.Text);
        return [.. answer.Body.GetProperty("items").EnumerateArray()];
    }

    /// <summary>The only entry of a filter.</summary>
    public static async Task<JsonElement> EntryAsync(this TestApp app, string filter) => (await app.EntriesAsync(filter)).ShouldHaveSingleItem();

    /// <summary>Writes to the database past all of Hearth, as somebody could who has the file or the server.</summary>
    public static Task TamperAsync(this TestApp app, params WritePlan[] plans) => app.App.Engine.WriteAsync(
        async session =>
        {
            foreach (var plan in plans) (await session.ExecuteAsync(plan, default)).ShouldBeNull();
            return true;
        },
        null,
        default);

    /// <summary>Changes a column of an entry.</summary>
    public static UpdateRow Set(string id, string column, FieldValue value) => new(InternalTables.Audit, id, [new Assignment(InternalTables.Audit.FindField(column)!, value)]);

    public static string Text(this JsonElement entry, string name) => entry.GetProperty(name).GetString()!;
}
