namespace Hearth.Data.Postgres.Compile;

/// <summary>What a question does to the rows that it finds.</summary>
internal enum RowLock
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Nobody else may remove them until the transaction ends.</summary>
    Keep,

    /// <summary>Nobody else may change them until the transaction ends; they are about to be changed.</summary>
    Change,
}
