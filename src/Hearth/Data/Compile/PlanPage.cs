namespace Hearth.Data.Compile;

/// <summary>Stand-ins for the parts of a plan that are numbers and so have no object of their own.</summary>
internal static class PlanPage
{
    /// <summary>Owner of the limit.</summary>
    public static readonly object Limit = new();

    /// <summary>Owner of the offset.</summary>
    public static readonly object Offset = new();
}
