namespace Hearth.Resources.Blobs;

/// <summary>Why a place for blobs refused.</summary>
public enum BlobProblem
{
    /// <summary>It cannot be reached, or answered wrongly or too slowly.</summary>
    Unavailable,

    /// <summary>Nothing more goes in.</summary>
    Full,

    /// <summary>The key could never be one.</summary>
    InvalidKey,
}

/// <summary>A place for blobs refused. The message is for operators.</summary>
public sealed class BlobException(BlobProblem problem, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Why.</summary>
    public BlobProblem Problem { get; } = problem;
}
