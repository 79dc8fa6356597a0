using Hearth.Planning;

namespace Hearth.Data.Compile;

/// <summary>Which sources a condition or an operand speaks of, with what they hang on: parents before children.</summary>
internal static class SourceUse
{
    /// <summary>The sources of a condition.</summary>
    public static List<Source> Of(Filter filter)
    {
        var found = new List<Source>();
        Collect(filter, found);
        return found;
    }

    /// <summary>The sources of operands.</summary>
    public static List<Source> Of(params ReadOnlySpan<Operand> operands)
    {
        var found = new List<Source>();
        foreach (var operand in operands) Collect(operand, found);
        return found;
    }

    /// <summary>Adds the sources of a condition.</summary>
    public static void Collect(Filter filter, List<Source> found)
    {
        switch (filter)
        {
            case AllOf all:
                foreach (var part in all.Parts) Collect(part, found);
                break;
            case AnyOf any:
                foreach (var part in any.Parts) Collect(part, found);
                break;
            case FromClient client:
                Collect(client.Part, found);
                break;
            case Not not:
                Collect(not.Part, found);
                break;
            case Compare compare:
                Collect(compare.Left, found);
                Collect(compare.Right, found);
                break;
            case IdIn ids:
                Add(ids.Of, found);
                break;
            case RefersTo refers:
                Add(refers.Of, found);
                break;
            case Missing missing:
                Add(missing.Of, found);
                break;
            case Satisfies satisfies:
                Add(satisfies.Of, found);
                break;
        }
    }

    /// <summary>Adds the sources of an operand.</summary>
    public static void Collect(Operand operand, List<Source> found)
    {
        switch (operand)
        {
            case Truth truth:
                Collect(truth.Condition, found);
                break;
            case Lower lower:
                Collect(lower.Inner, found);
                break;
            case GeoDistance distance:
                Collect(distance.LonA, found);
                Collect(distance.LatA, found);
                Collect(distance.LonB, found);
                Collect(distance.LatB, found);
                break;
            case DateFormat { Time: { } time }:
                Collect(time, found);
                break;
            default:
                if (operand.Source is { } source) Add(source, found);
                break;
        }
    }

    private static void Add(Source source, List<Source> found)
    {
        if (found.Contains(source)) return;
        if (source.Parent is { } parent) Add(parent, found);
        found.Add(source);
    }
}
