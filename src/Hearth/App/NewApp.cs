using Hearth.Resources.Settings;

namespace Hearth.App;

/// <summary>What a new app begins with where the contract's defaults are not the safe ones (decision 28). An app that is there keeps what it has.</summary>
internal static class NewApp
{
    private const int Minute = 60;

    /// <summary>
    /// The settings: the contract's, with rate limits on for what guesses at accounts and what sends mail to others. The contract's own rules would also hold up
    /// everybody who works fast, or behind one address with many others.
    /// </summary>
    public static AppSettings Settings { get; } = new()
    {
        RateLimits = new RateLimitSettings
        {
            Enabled = true,
            Rules =
            [
                Rule("*:auth", 10, 30), Rule("*:signUp", 20, Minute),
                Rule("*:requestPasswordReset", 5, Minute), Rule("*:requestVerification", 5, Minute), Rule("*:requestEmailChange", 5, Minute), Rule("*:requestOTP", 5, Minute),
                Rule("*:confirmPasswordReset", 10, Minute), Rule("*:confirmVerification", 10, Minute), Rule("*:confirmEmailChange", 10, Minute),
            ],
        },
    };

    private static RateLimitRule Rule(string label, int requests, long seconds) => new() { Label = label, MaxRequests = requests, Duration = seconds };
}
