namespace Hearth.Planning.Rules;

/// <summary>What is wrong with a rule, filter or sort, and where.</summary>
/// <param name="Reason">What is wrong, in words for the person who wrote it; without a full stop.</param>
/// <param name="Position">Offset in UTF-16 units from the start of the text.</param>
internal sealed record RuleProblem(string Reason, int Position)
{
    /// <summary>Longest reason that is told, in UTF-16 units.</summary>
    public const int MaxReason = 300;

    /// <summary>The reason, cut when somebody wrote endless names, with the place counted from 1.</summary>
    public override string ToString() => $"{(Reason.Length <= MaxReason ? Reason : Reason[..MaxReason] + "...")} (at character {Position + 1})";
}
