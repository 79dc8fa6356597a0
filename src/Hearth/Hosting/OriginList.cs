using System.IO.Enumeration;

namespace Hearth.Hosting;

/// <summary>Origins that browsers may call from: exact ones and patterns with <c>*</c> and <c>?</c>, such as <c>https://*.example.com</c>.</summary>
internal sealed class OriginList
{
    private readonly string[] patterns;

    public OriginList(IReadOnlyList<string> origins)
    {
        patterns = [.. origins.Select(origin => origin.Trim().TrimEnd('/')).Where(origin => origin.Length > 0)];
        AllowsAny = patterns.Length == 0 || Array.IndexOf(patterns, "*") >= 0;
    }

    /// <summary>Every origin is allowed.</summary>
    public bool AllowsAny { get; }

    /// <summary>The value of <c>Access-Control-Allow-Origin</c> for an origin; null when it is not allowed.</summary>
    public string? AnswerTo(string origin)
    {
        if (AllowsAny) return "*";
        foreach (var pattern in patterns)
        {
            if (FileSystemName.MatchesSimpleExpression(pattern, origin)) return origin;
        }
        return null;
    }
}
