using Hearth.Basics;
using Hearth.Http;
using Hearth.Resources.Passwords;

namespace Hearth.Features.Accounts.Mails;

/// <summary>The bodies of the routes about mails.</summary>
internal static class MailBody
{
    /// <summary>What is told when a body cannot be read.</summary>
    public const string NotLoaded = "An error occurred while loading the submitted data.";

    /// <summary>Reads it.</summary>
    public static ValueTask<Outcome<RequestBody>> ReadAsync(Exchange exchange) => exchange.ReadBodyAsync(NotLoaded);
}

/// <summary>A password that nobody knows.</summary>
internal static class NewSecret
{
    private const int Length = 30;

    /// <summary>Its hash.</summary>
    public static async ValueTask<string> HashAsync(PasswordHashes passwords, CancellationToken stop) =>
        await passwords.HashAsync(RandomText.Of(Length), 0, stop) ?? throw new InvalidOperationException("A random password could not be hashed.");
}
