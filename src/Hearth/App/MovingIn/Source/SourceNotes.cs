namespace Hearth.App.MovingIn.Source;

/// <summary>What was found while a source was put in order.</summary>
internal sealed class SourceNotes
{
    private readonly List<string> odd = [];
    private readonly List<string> lost = [];

    /// <summary>What is odd, but there.</summary>
    public IReadOnlyList<string> Odd => odd;

    /// <summary>What cannot come along, each with its reason.</summary>
    public IReadOnlyList<string> Lost => lost;

    /// <summary>Something is odd.</summary>
    public void Add(string note) => odd.Add(note);

    /// <summary>Something cannot come along.</summary>
    public void AddLost(string what) => lost.Add(what);
}
