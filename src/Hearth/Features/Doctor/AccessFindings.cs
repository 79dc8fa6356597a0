using Hearth.Planning;
using Hearth.Planning.Rules;
using Hearth.Records;
using Hearth.Resources.OldApps;
using Hearth.Schema;
using Hearth.Schema.Views;

namespace Hearth.Features.Doctor;

/// <summary>Who may do more than its operator may have meant.</summary>
internal sealed class AccessFindings(FeatureSetup setup)
{
    private const string Area = "rules";

    public async Task<IReadOnlyList<Finding>> ListAsync(CancellationToken stop)
    {
        var findings = new List<Finding>();
        if (setup.Schema().Find("_superusers") is { } superusers)
        {
            using var session = await setup.Engine.ReadOnceAsync(stop);
            if (!await session.AnyAsync(new ReadPlan { From = new BaseSource(superusers) }, stop)) findings.Add(new Finding(Gravity.Warning, Area, "There is no superuser.", "Make one with `hearth superuser upsert EMAIL`."));
        }
        foreach (var collection in setup.Schema().Collections.Where(collection => !collection.System && collection.Type != CollectionType.View))
        {
            var open = new[] { ("change", collection.UpdateRule), ("remove", collection.DeleteRule) }.Where(rule => rule.Item2 is { Length: 0 }).Select(rule => rule.Item1).ToList();
            if (open.Count > 0) findings.Add(new Finding(Gravity.Warning, Area, $"Anybody may {string.Join(" and ", open)} every record of {collection.Name}: an empty rule lets all in.", "Write a rule, or use null for superusers only."));
            var unprotected = collection.ViewRule is { Length: 0 } ? [] : collection.Fields.OfType<FileField>().Where(field => !field.Protected).Select(field => field.Name).ToList();
            if (unprotected.Count > 0) findings.Add(new Finding(Gravity.Fact, Area, $"Not everybody may see records of {collection.Name}, but whoever knows the address of a file in {string.Join(", ", unprotected)} may read it.", "Mark the field as protected if that is not what you want."));
        }
        foreach (var collection in setup.Schema().Collections)
        {
            if (BackRelations.InCreateRule(collection) is not { } path) continue;
            findings.Add(new Finding(Gravity.Warning, Area, $"The rule for creating {collection.Name} looks through {path}, but a record that is being made has nothing behind it yet.", "Programs differ in what such a rule means. Ask for something that the new record holds, or that is there already (@collection)."));
        }
        findings.AddRange(await OfOldHooksAsync(stop));
        foreach (var view in setup.Schema().Collections.Where(view => view.Type == CollectionType.View && (view.ListRule is not null || view.ViewRule is not null)))
        {
            var told = AccountReads.Of(view.ViewQuery ?? "", setup.Schema().Find);
            if (told.Count == 0) continue;
            findings.Add(new Finding(Gravity.Warning, Area, $"The view {view.Name} reads {string.Join(", ", told)} of accounts, and a view shows what its query selects to everybody whom its rules let in.",
                told is ["email"] ? "Leave the addresses out, or select only those whose owners show them: CASE WHEN emailVisibility THEN email END." : "Leave passwords and keys out of the query, or use null for its rules: superusers only."));
        }
        return findings;
    }

    private async Task<Finding[]> OfOldHooksAsync(CancellationToken stop)
    {
        using var session = await setup.Engine.ReadOnceAsync(stop);
        var lines = await OldHooks.FindAsync(session, stop);
        return lines.Count == 0
            ? []
            : [new Finding(Gravity.Warning, Area, "This app moved in without the code that was beside it, in pb_hooks. Hearth does not run it, and who may do what can be decided in it.", "Write what the app needs as hooks, see docs/guide/hooks.md. Then: hearth doctor --hooks-done.") { Lines = lines }];
    }
}
