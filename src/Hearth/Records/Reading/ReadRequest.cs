using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Records.Reading;

/// <summary>How records are to be written out.</summary>
/// <param name="Schema">The schema of the request.</param>
/// <param name="Facts">Who asks what.</param>
/// <param name="Expand">Which relations to follow; null for none.</param>
/// <param name="Wants">Which keys of the records are wanted, so that others are not even read; null for all.</param>
/// <param name="Each">Asked for by a hook: called with each record before it is written; null when nobody wants objects.</param>
internal sealed record ReadRequest(SchemaSnapshot Schema, RequestFacts Facts, ExpandTree? Expand = null, Func<string, bool>? Wants = null, Action<Record>? Each = null)
{
    /// <summary>Rows can go straight to the writer.</summary>
    public bool IsPlain => Expand is null && Each is null;
}
