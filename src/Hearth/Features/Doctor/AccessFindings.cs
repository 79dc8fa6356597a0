using Hearth.Planning;
using Hearth.Records;
using Hearth.Schema;

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
        return findings;
    }
}
