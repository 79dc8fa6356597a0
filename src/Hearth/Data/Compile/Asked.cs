namespace Hearth.Data.Compile;

/// <summary>What is asked of a plan.</summary>
internal enum Asked
{
    /// <summary>Its rows.</summary>
    Rows,

    /// <summary>How many rows it has.</summary>
    Count,

    /// <summary>Whether it has any.</summary>
    Any,
}
