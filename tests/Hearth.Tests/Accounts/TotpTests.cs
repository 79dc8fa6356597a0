using System.Diagnostics;
using System.Globalization;
using Hearth.Features.Accounts.Factors;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Accounts;

/// <summary>Codes by the RFC's own table, and by Debian's oathtool as the oracle.</summary>
[RunsOnce]
public sealed class TotpTests
{
    // RFC 6238, appendix B: the last six of its eight digits.
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_standard(long seconds, string code) =>
        Totp.CodeOf(Base32.Encode("12345678901234567890"u8), Totp.StepOf(DateTimeOffset.FromUnixTimeSeconds(seconds))).ShouldBe(code);

    [OathtoolFact]
    public async Task Oathtool_makes_the_same_codes()
    {
        for (var i = 0; i < 30; i++)
        {
            var (secret, seconds) = (Totp.NewSecret(), Random.Shared.NextInt64(1, 4_000_000_000));
            Totp.CodeOf(secret, Totp.StepOf(DateTimeOffset.FromUnixTimeSeconds(seconds))).ShouldBe(await OathtoolAsync(secret, seconds), $"{secret} at {seconds}");
        }
    }

    [Fact]
    public void A_code_is_good_for_the_steps_beside_its_own_and_never_twice()
    {
        var (secret, now) = (Totp.NewSecret(), DateTimeOffset.FromUnixTimeSeconds(1_700_000_015));
        var step = Totp.StepOf(now);
        for (var away = -3; away <= 3; away++)
        {
            Totp.Find(secret, Totp.CodeOf(secret, step + away), now, 0).ShouldBe(Math.Abs(away) <= 1 ? step + away : null);
        }
        Totp.Find(secret, Totp.CodeOf(secret, step), now, step).ShouldBeNull();
        Totp.Find(secret, Totp.CodeOf(secret, step - 1), now, step).ShouldBeNull();
        foreach (var code in new[] { "", "12345", "1234567", "abcdef", "１２３４５６" }) Totp.Find(secret, code, now, 0).ShouldBeNull();
    }

    [Fact]
    public void Base32_comes_back()
    {
        // RFC 4648, section 10.
        Base32.Encode("foobar"u8).ShouldBe("MZXW6YTBOI");
        Base32.Encode("f"u8).ShouldBe("MY");
        for (var length = 0; length < 50; length++)
        {
            var bytes = new byte[length];
            Random.Shared.NextBytes(bytes);
            Base32.Decode(Base32.Encode(bytes)).ShouldBe(bytes);
        }
        Should.Throw<FormatException>(() => Base32.Decode("a!"));
    }

    [Fact]
    public void The_address_names_app_and_account_whatever_they_are_called() =>
        Totp.Address("ABC", "My: App & Co", "ann+1@example.com").ShouldBe("otpauth://totp/My%20App%20%26%20Co:ann%2B1%40example.com?secret=ABC&issuer=My%20App%20%26%20Co&algorithm=SHA1&digits=6&period=30");

    [Fact]
    public void Recovery_codes_forgive_how_they_are_typed()
    {
        var code = RecoveryCodes.New();
        code.ShouldMatch("^[0-9a-hj-km-np-tv-z]{4}(-[0-9a-hj-km-np-tv-z]{4}){3}$");
        var hash = RecoveryCodes.HashOf("ann", code);
        RecoveryCodes.HashOf("ann", " " + code.ToUpperInvariant().Replace('-', ' ')).ShouldBe(hash);
        RecoveryCodes.HashOf("ann", code.Replace('0', 'O').Replace('1', 'l')).ShouldBe(hash);
        RecoveryCodes.HashOf("bob", code).ShouldNotBe(hash);
        RecoveryCodes.New().ShouldNotBe(code);
    }

    internal static async Task<string> OathtoolAsync(string secret, long seconds)
    {
        var start = new ProcessStartInfo("oathtool") { RedirectStandardOutput = true };
        foreach (var argument in new[] { "--totp", "--base32", "--now", "@" + seconds.ToString(CultureInfo.InvariantCulture), secret }) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return text.Trim();
    }
}

/// <summary>Skipped where there is no oathtool; in CI it must be there.</summary>
public sealed class OathtoolFactAttribute : FactAttribute
{
    public OathtoolFactAttribute()
    {
        var missing = !(Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "oathtool")));
        if (missing && Environment.GetEnvironmentVariable("CI") != "true") Skip = "There is no oathtool here.";
    }
}
