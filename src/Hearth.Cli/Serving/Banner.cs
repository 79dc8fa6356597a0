using System.Reflection;
using Hearth.Cli.Terminal;
using Microsoft.AspNetCore.Builder;

namespace Hearth.Cli.Serving;

/// <summary>What <c>serve</c> prints when it is ready: where everything is and how to sign in.</summary>
internal static class Banner
{
    /// <summary>Version of the program, such as 0.1.0.</summary>
    public static string Version { get; } =
        typeof(Banner).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    /// <summary>Writes it. Addresses stand on lines of their own, unbroken, so that a terminal can open them.</summary>
    public static async Task WriteAsync(TextWriter output, ServePlan plan, WebApplication web, DemoAccount? account, string? setupToken)
    {
        var address = Reachable(web.Urls.First());
        var paint = new Paint(output);
        var lines = new List<string>
        {
            "",
            $"{paint.Ember("●")} {paint.Strong($"Hearth {Version}")} is ready.",
            "",
        };
        if (plan.PublicDirectory is not null) lines.Add($"  {(plan.Demo ? "The demo  " : "Your page ")}  {address}/");
        if (plan.Dashboard is not null) lines.Add($"  Dashboard   {address}/_/");
        lines.Add($"  API         {address}/api/");
        lines.Add($"  Reference   {address}/api/docs");
        if (plan.Development) lines.Add($"  Mails       {address}/api/outbox/page");
        lines.Add($"  Data        {Path.GetFullPath(plan.Data.Folder)}");
        if (plan.Data.Postgres is not null) lines.Add("              records and logs on PostgreSQL; files in this folder");
        lines.Add("");
        lines.AddRange(SignIn(plan.Demo, setupToken, address, account, paint));
        lines.Add("");
        lines.Add(paint.Soft("  Ctrl+C stops it."));
        lines.Add("");
        await output.WriteAsync(string.Join(Environment.NewLine, lines));
        await output.FlushAsync();
    }

    private static IEnumerable<string> SignIn(bool demo, string? setupToken, string address, DemoAccount? account, Paint paint)
    {
        if (account is not null)
        {
            yield return "  Sign in as superuser (written down nowhere else; change it with `hearth superuser update`):";
            yield return $"    e-mail    {paint.Strong(account.Email)}";
            yield return $"    password  {paint.Strong(account.Password)}";
        }
        else if (setupToken is not null)
        {
            yield return "  There is no superuser yet. Open this link within 30 minutes to make one:";
            yield return $"    {paint.Ember($"{address}/_/#/pbinstall/{setupToken}")}";
            yield return "  or run `hearth superuser upsert EMAIL` while the server is stopped.";
        }
        else
        {
            yield return "  Sign in with your superuser's e-mail and password.";
            yield return $"  Forgotten? Stop the server and run `hearth superuser update {(demo ? DemoData.Email : "EMAIL")}`.";
        }
    }

    // "Every interface" is no address to open in a browser.
    private static string Reachable(string url) => url
        .Replace("//0.0.0.0:", "//127.0.0.1:", StringComparison.Ordinal)
        .Replace("//[::]:", "//127.0.0.1:", StringComparison.Ordinal)
        .Replace("//*:", "//127.0.0.1:", StringComparison.Ordinal)
        .TrimEnd('/');
}
