using System.Text;
using Hearth.Records;

namespace Hearth.Resources.Passwords;

/// <summary>
/// Makes and checks password hashes. New ones are Argon2id (decision 18); those of imported apps (bcrypt) and of older versions (PBKDF2) stay good, and are
/// replaced when their owner signs in. Hashing waits its turn and never holds up other requests.
/// </summary>
public sealed class PasswordHashes : PasswordHashing
{
    /// <summary>Most bytes of a password in UTF-8.</summary>
    public const int MostBytes = 72;

    private readonly HashingTurns turns = new();
    private readonly Argon2Scheme argon2;
    private readonly HashScheme[] schemes;

    /// <summary>Hashes whose new ones cost so much; null means <see cref="PasswordCost.Default"/>.</summary>
    public PasswordHashes(PasswordCost? cost = null)
    {
        argon2 = new Argon2Scheme(cost ?? PasswordCost.Default);
        schemes = [argon2, new BcryptScheme(), new Pbkdf2Scheme()];
    }

    /// <inheritdoc/>
    public override async ValueTask<string?> HashAsync(string password, int cost, CancellationToken stop)
    {
        var bytes = Encoding.UTF8.GetBytes(password);
        return bytes.Length > MostBytes ? null : await turns.RunAsync(HashingPurpose.Store, () => argon2.Hash(bytes), stop);
    }

    /// <inheritdoc/>
    public override async ValueTask<bool> VerifyAsync(string password, string hash, CancellationToken stop)
    {
        if (Read(hash) is not { } stored) return false;
        var bytes = Encoding.UTF8.GetBytes(password);
        return await turns.RunAsync(HashingPurpose.Compare, () => stored.Fits(bytes), stop);
    }

    /// <summary>
    /// Takes as long as <see cref="VerifyAsync"/> with a hash of another account, so that neither answer nor time tell whether an account exists, whatever
    /// schemes the accounts of a collection have. Always false.
    /// </summary>
    /// <param name="password">What was sent.</param>
    /// <param name="like">The hash of any account; anything else stands for a new one.</param>
    /// <param name="stop">Cancels the wait.</param>
    public async ValueTask<bool> VerifyNobodyAsync(string password, string like, CancellationToken stop)
    {
        var (stored, bytes) = (Read(like), Encoding.UTF8.GetBytes(password));
        return await turns.RunAsync(
            HashingPurpose.Compare,
            () =>
            {
                if (stored is null) argon2.Work(bytes);
                else stored.Fits(bytes);
                return false;
            },
            stop);
    }

    /// <summary>The hash is of a kind that passwords can be compared with.</summary>
    public bool CanRead(string hash) => Read(hash) is not null;

    /// <summary>The hash should be replaced by a new one, now that the password is known.</summary>
    public bool IsOutdated(string hash) => Read(hash) is not { IsCurrent: true };

    private StoredHash? Read(string text)
    {
        foreach (var scheme in schemes)
        {
            if (scheme.TryRead(text, out var stored)) return stored;
        }
        return null;
    }
}
