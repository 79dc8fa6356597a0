namespace Hearth.Features.Doctor;

/// <summary>How much a finding matters.</summary>
public enum Gravity
{
    /// <summary>Good to know.</summary>
    Fact,

    /// <summary>All right.</summary>
    Good,

    /// <summary>Worth a look before many depend on the app.</summary>
    Warning,

    /// <summary>Does not work, or is not safe.</summary>
    Problem,
}

/// <summary>Something that an operator should know.</summary>
/// <param name="Gravity">How much it matters.</param>
/// <param name="Area">What it is about: <c>program</c>, <c>database</c>, <c>files</c>, <c>settings</c>, <c>rules</c>.</param>
/// <param name="Text">A sentence for people.</param>
/// <param name="Advice">What to do about it; empty when there is nothing to do.</param>
public sealed record Finding(Gravity Gravity, string Area, string Text, string Advice = "")
{
    /// <summary>Further lines, such as keys of files.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];
}
