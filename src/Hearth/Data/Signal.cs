namespace Hearth.Data;

/// <summary>A piece of news that was committed on one node and reaches every node of the same data, that one too.</summary>
/// <param name="Topic">Who it concerns, such as <c>settings</c>.</param>
/// <param name="Text">What happened, in a form that the topic defines; may be empty.</param>
/// <param name="Node">The node that it comes from; see <see cref="Engine.Node"/>.</param>
public sealed record Signal(string Topic, string Text, string Node)
{
    /// <summary>What the topics of signals begin with that are of no use to a node that does not hear them at once: they are kept for seconds only.</summary>
    public const string Brief = "brief.";
}
