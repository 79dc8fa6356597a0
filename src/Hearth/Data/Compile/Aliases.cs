using System.Globalization;
using Hearth.Planning;

namespace Hearth.Data.Compile;

/// <summary>Gives short names; one for a whole statement.</summary>
internal sealed class AliasNames
{
    private int next;

    /// <summary>A name not used before in the statement: <c>t0</c>, <c>t1</c>, ...</summary>
    public string Next() => string.Create(CultureInfo.InvariantCulture, $"t{next++}");
}

/// <summary>Which sources have a row in scope, and the names of those rows. A subquery sees what stands around it.</summary>
/// <param name="names">Gives the names.</param>
/// <param name="outer">The scope around this one.</param>
/// <param name="join">Of the outermost scope: called when a source without several rows is spoken of first; it binds the source.</param>
internal sealed class Aliases(AliasNames names, Aliases? outer = null, Action<Source>? join = null)
{
    private readonly Dictionary<Source, string> bound = new(ReferenceEqualityComparer.Instance);

    /// <summary>A scope inside this one.</summary>
    public Aliases Inner() => new(names, this);

    /// <summary>Names a row of a source in this scope; the same source outside is hidden.</summary>
    public string Bind(Source source) => bound[source] = names.Next();

    /// <summary>True when the source has a row here or outside.</summary>
    public bool Has(Source source) => bound.ContainsKey(source) || (outer?.Has(source) ?? false);

    /// <summary>The name of the source's row.</summary>
    public string Of(Source source)
    {
        if (bound.TryGetValue(source, out var name)) return name;
        if (outer is not null) return outer.Of(source);
        if (join is not null && !source.Multi) join(source);
        return bound.TryGetValue(source, out name) ? name : throw new InvalidOperationException($"The plan speaks of a {source.GetType().Name} that was not joined.");
    }
}
