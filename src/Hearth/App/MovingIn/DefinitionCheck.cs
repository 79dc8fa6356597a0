using System.Text.Json;
using Hearth.Data;
using Hearth.Data.Changes;
using Hearth.Records.Moving;
using Hearth.Schema;
using Hearth.Schema.Sql;
using Hearth.Schema.Views;

namespace Hearth.App.MovingIn;

/// <summary>Holds collections, fields, rules, indexes, views and the history of migrations of an app against the source that it came from.</summary>
/// <param name="source">The prepared copy of the old database.</param>
/// <param name="app">The new app, started.</param>
/// <param name="check">Takes what comes out.</param>
internal sealed class DefinitionCheck(Engine source, HearthApp app, MoveInCheck check)
{
    /// <summary>Looks.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var session = await source.ReadAsync(stop);
        using var own = await app.Engine.ReadAsync(stop);
        var given = await MoveSource.ReadAsync(session, stop);
        var (all, before) = (0, check.Wrong.Count);
        foreach (var old in given.Collections)
        {
            all++;
            if (app.Schema.Find(old.Id) is { } now) Compare(old, now);
            else check.AddWrong(await WhyMissingAsync(old, stop));
        }
        var known = (await MoveSource.ReadAsync(own, stop)).History.Select(row => row[0].AsText).ToHashSet(StringComparer.Ordinal);
        foreach (var name in given.History.Select(row => row[0].AsText).Where(name => !known.Contains(name))) check.AddWrong($"The history of migrations lacks {name}.");
        if (check.Wrong.Count == before) check.Add($"Fields, rules, indexes, options and queries of {all:N0} collections are as they were.");
    }

    // A session of its own: what a database refuses can end one.
    private async Task<string> WhyMissingAsync(Collection old, CancellationToken stop)
    {
        if (old.Type != CollectionType.View) return $"The collection {old.Name} is missing.";
        try
        {
            using var own = await app.Engine.ReadAsync(stop);
            using var rows = await own.TryViewAsync(ViewShape.Settled(old.ViewQuery ?? "", app.Schema.Find), [], 1, stop);
            return $"The view {old.Name} is missing, although its query works.";
        }
        catch (DataException refused) when (refused.Fault.Kind is DataFaultKind.Statement or DataFaultKind.Constraint or DataFaultKind.Timeout)
        {
            return $"The view {old.Name} is missing, because the database refuses its query: {refused.Fault.Detail}";
        }
    }

    private void Compare(Collection old, Collection now)
    {
        var (was, has) = (CollectionJson.ToStorage(old), CollectionJson.ToStorage(now));
        if (was.Name != has.Name) check.AddWrong($"The collection {was.Name} is called {has.Name}.");
        foreach (var (key, before, after) in new[]
        {
            ("type", was.Type, has.Type), ("listRule", was.ListRule, has.ListRule), ("viewRule", was.ViewRule, has.ViewRule), ("createRule", was.CreateRule, has.CreateRule),
            ("updateRule", was.UpdateRule, has.UpdateRule), ("deleteRule", was.DeleteRule, has.DeleteRule),
        })
        {
            if (before != after) check.AddWrong($"{old.Name}.{key} was {Shown(before)} and is {Shown(after)}.");
        }
        foreach (var index in old.Indexes)
        {
            if (now.Indexes.FirstOrDefault(there => there.Name.Equals(index.Name, StringComparison.OrdinalIgnoreCase)) is not { } kept) check.AddWrong($"The {(index.Unique ? "unique index" : "index")} {index.Name} of {old.Name} is missing: {IndexStatement.Render(index, now.Name)}");
            else if (IndexStatement.Render(index, "") != IndexStatement.Render(kept, "")) check.AddWrong($"The index {index.Name} of {old.Name} is another: {IndexStatement.Render(kept, now.Name)}");
        }
        CompareFields(old, Parsed(was.Fields), Parsed(has.Fields));
        CompareOptions(old, Parsed(was.Options), Parsed(has.Options));
    }

    private void CompareFields(Collection old, JsonElement before, JsonElement after)
    {
        var there = after.EnumerateArray().ToDictionary(field => field.GetProperty("name").GetString() ?? "", StringComparer.Ordinal);
        foreach (var field in before.EnumerateArray())
        {
            var name = field.GetProperty("name").GetString() ?? "";
            if (!there.TryGetValue(name, out var now)) check.AddWrong($"The field {old.Name}.{name} is missing.");
            else if (!JsonElement.DeepEquals(field, now)) check.AddWrong($"The field {old.Name}.{name} is another: {string.Join(", ", Differing(field, now))}.");
        }
    }

    // Values may be secrets, so only their names are told.
    private void CompareOptions(Collection old, JsonElement before, JsonElement after)
    {
        foreach (var name in Differing(before, after)) check.AddWrong(name == "viewQuery" ? $"The view {old.Name} has another query." : $"{old.Name}: {name} is not as it was.");
    }

    private static IEnumerable<string> Differing(JsonElement before, JsonElement after) =>
        before.EnumerateObject().Where(member => !after.TryGetProperty(member.Name, out var now) || !JsonElement.DeepEquals(member.Value, now)).Select(member => member.Name);

    private static JsonElement Parsed(string json) => JsonElement.Parse(json);

    private static string Shown(string? rule) => rule is null ? "null" : $"“{rule}”";
}
