namespace Hearth.Http;

/// <summary>
/// What a request is called by rate-limit rules (contract 10.3), such as <c>users:auth</c>, <c>POST /api/batch</c> or <c>/api/batch</c>. Compared in its parts: every
/// request is looked up, and none should have to make texts for it.
/// </summary>
/// <param name="Head">What comes before the separator; without it the name is the tail alone.</param>
/// <param name="Separator">Between the two.</param>
/// <param name="Tail">The rest.</param>
internal readonly record struct RateLabel(string Head, char Separator, string Tail)
{
    private const StringComparison AnyCase = StringComparison.OrdinalIgnoreCase;

    /// <summary>A rule has exactly this name.</summary>
    public bool Is(ReadOnlySpan<char> label)
    {
        if (Head.Length == 0) return label.Equals(Tail, AnyCase);
        return label.Length == Head.Length + 1 + Tail.Length && label.StartsWith(Head, AnyCase) && label[Head.Length] == Separator && label[(Head.Length + 1)..].Equals(Tail, AnyCase);
    }

    /// <summary>A rule whose name ends in <c>/</c> is for this path, or for a part of the way to it.</summary>
    public bool IsBelow(ReadOnlySpan<char> label)
    {
        if (!label.EndsWith('/')) return false;
        if (Head.Length > 0)
        {
            if (label.Length <= Head.Length || !label.StartsWith(Head, AnyCase) || label[Head.Length] != Separator) return false;
            label = label[(Head.Length + 1)..];
        }
        return Tail.AsSpan().StartsWith(label, AnyCase) || (label.Length == Tail.Length + 1 && label[..^1].Equals(Tail, AnyCase));
    }
}
