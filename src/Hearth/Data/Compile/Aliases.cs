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
internal sealed class Aliases(AliasNames names, Aliases? outer = null)
{
    private readonly Dictionary<Source, string> bound = new(ReferenceEqualityComparer.Instance);

    /// <summary>A scope inside this one.</summary>
    public Aliases Inner() => new(names, this);

    /// <summary>Names a row of a source in this scope; the same source outside is hidden.</summary>
    public string Bind(Source source) => bound[source] = names.Next();

    /// <summary>True when the source has a row here or outside.</summary>
    public bool Has(Source source) => bound.ContainsKey(source) || (outer?.Has(source) ?? false);

    /// <summary>The name of the source's row.</summary>
    public string Of(Source source) =>
        bound.TryGetValue(source, out var name) ? name
        : outer?.Of(source) ?? throw new InvalidOperationException($"The plan speaks of a {source.GetType().Name} that was not joined.");
}
