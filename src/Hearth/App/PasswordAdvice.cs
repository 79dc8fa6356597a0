using Hearth.Records.Passwords;

namespace Hearth.App;

/// <summary>What to say to somebody who may choose any password.</summary>
public static class PasswordAdvice
{
    /// <summary>Whether a password is one of the first that others would guess: words of the usual lists with what people put around them, walks on the keyboard, dates, parts of the address.</summary>
    /// <param name="password">The plain password.</param>
    /// <param name="email">Address of the account.</param>
    public static bool IsTrivial(string password, string email) => TrivialPasswords.Contains(password, [email]);
}
