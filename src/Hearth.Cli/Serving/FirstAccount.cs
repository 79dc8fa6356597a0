using Hearth.App;

namespace Hearth.Cli.Serving;

/// <summary>The superuser that the environment asks for, so that a container needs no person at its first start. Passwords on a command line could be read by everybody on the machine.</summary>
internal sealed class FirstAccount
{
    /// <summary>Names the e-mail address.</summary>
    public const string EmailVariable = "HEARTH_SUPERUSER_EMAIL";

    /// <summary>Names the password.</summary>
    public const string PasswordVariable = "HEARTH_SUPERUSER_PASSWORD";

    private readonly string? email;
    private readonly string? password;

    private FirstAccount(string? email, string? password) => (this.email, this.password) = (email, password);

    /// <summary>What the environment says; null when it says nothing. Variables that are there and empty say nothing.</summary>
    public static FirstAccount? Of(Func<string, string?> variable)
    {
        var (email, password) = (variable(EmailVariable), variable(PasswordVariable));
        return string.IsNullOrEmpty(email) && string.IsNullOrEmpty(password) ? null : new FirstAccount(email, password);
    }

    /// <summary>Puts it into the options of an app, which says what is wrong with it when it starts.</summary>
    public void Set(HearthOptions options) => options.MakeFirstSuperuser(email, password, $"{EmailVariable} and {PasswordVariable}");
}
