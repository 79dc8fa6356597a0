namespace Hearth.Records;

/// <summary>How passwords become hashes. Slow on purpose, so it is never asked while the writer is held.</summary>
public abstract class PasswordHashing
{
    /// <summary>The hash of a password, or null when it cannot be hashed (more than 72 bytes).</summary>
    /// <param name="password">The plain password.</param>
    /// <param name="cost">Cost of the hash, 4 to 31; 0 means the default.</param>
    /// <param name="stop">Cancels the wait.</param>
    public abstract ValueTask<string?> HashAsync(string password, int cost, CancellationToken stop);

    /// <summary>Whether a password belongs to a hash.</summary>
    public abstract ValueTask<bool> VerifyAsync(string password, string hash, CancellationToken stop);
}
