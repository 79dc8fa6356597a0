namespace Hearth.Data.Compile;

/// <summary>What is asked of a plan.</summary>
internal enum Asked
{
    /// <summary>Its rows.</summary>
    Rows,

    /// <summary>The rows of a page, and how many there are without its offset and limit when the page is full.</summary>
    RowsAndCount,

    /// <summary>How many rows it has.</summary>
    Count,

    /// <summary>Whether it has any.</summary>
    Any,
}
