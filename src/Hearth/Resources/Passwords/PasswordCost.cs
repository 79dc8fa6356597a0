namespace Hearth.Resources.Passwords;

/// <summary>What a hash costs, on one lane: memory in KiB and passes over it.</summary>
public sealed record PasswordCost(int Kibibytes, int Passes)
{
    /// <summary>19 MiB and two passes, the least that OWASP's Password Storage Cheat Sheet asks of Argon2id (decision 18).</summary>
    public static PasswordCost Default { get; } = new(19 * 1024, 2);
}
