using Hearth.Resources.Passwords;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Accounts;

[RunsOnce]
public sealed class PasswordHashesTests
{
    private static readonly PasswordCost Little = new(64, 1);

    [Fact]
    public async Task A_hash_tells_its_cost_and_knows_its_password_only()
    {
        var hashes = new PasswordHashes();
        var hash = await hashes.HashAsync("pässword", 0, default);
        hash.ShouldNotBeNull();
        hash.ShouldStartWith("$argon2id$v=19$m=19456,t=2,p=1$");
        (await hashes.HashAsync("pässword", 0, default)).ShouldNotBe(hash);
        (await hashes.VerifyAsync("pässword", hash, default)).ShouldBeTrue();
        (await hashes.VerifyAsync("password", hash, default)).ShouldBeFalse();
        (await new PasswordHashes(Little).VerifyAsync("pässword", hash, default)).ShouldBeTrue();
        hashes.IsOutdated(hash).ShouldBeFalse();
        hashes.IsOutdated((await new PasswordHashes(Little).HashAsync("pässword", 0, default))!).ShouldBeTrue();
    }

    // From other programs: the reference implementation of Argon2, Python's bcrypt and hashlib, Apache's htpasswd.
    [Theory]
    [InlineData("password", "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQxMjM0NTY3OA$Hmk49RH516iPHGpKSdRGaFzi4/WOzzNeB5UJIKAgHbs")]
    [InlineData("12345678", "$2a$10$A0bIYRXCiYkeZ.NKVPzkGuV0G.uElBE1fmKIRNwdwht8V63WcbFgq")]
    [InlineData("12345678", "$2b$05$OPynO10Nxm0ETSnu1djgAee40n19gPhY0r32ycj9oSidImMQLcwee")]
    [InlineData("pässword", "$2y$10$tWSevhpRNalY5t2VjVj3AuJMNcyPVF0ZLy4rJKaYhWAbAWRvY2dgG")]
    [InlineData("12345678", "$pbkdf2-sha512$210000$AAECAwQFBgcICQoLDA0ODw==$iiVBgDM6o20LaOv3tWbdEVmFfsU5114gLPh9L85xWv4=")]
    public async Task Hashes_of_other_programs_are_understood(string password, string hash)
    {
        var hashes = new PasswordHashes();
        (await hashes.VerifyAsync(password, hash, default)).ShouldBeTrue();
        (await hashes.VerifyAsync(password + "x", hash, default)).ShouldBeFalse();
        hashes.IsOutdated(hash).ShouldBe(!hash.StartsWith("$argon2id", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("$pbkdf2-sha512$1000$!$!")]
    [InlineData("$pbkdf2-sha512$0$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("$pbkdf2-sha512$99999999999$AAAA$AAAA")]
    [InlineData("$pbkdf2-sha512$1000$AAAAAAAAAAAAAAAAAAAAAA==$")]
    [InlineData("$argon2id$v=19$m=4194304,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("$argon2id$v=19$m=64,t=1,p=4$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("$argon2id$v=19$m=64,t=1,p=1$$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("$argon2id$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$")]
    [InlineData("$2a$31$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy")]
    [InlineData("$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lh!!")]
    public async Task What_is_no_hash_of_ours_fits_nothing(string hash)
    {
        (await new PasswordHashes(Little).VerifyAsync("", hash, default)).ShouldBeFalse();
        new PasswordHashes(Little).IsOutdated(hash).ShouldBeTrue();
    }

    [Fact]
    public async Task More_than_72_bytes_are_refused() => (await new PasswordHashes(Little).HashAsync(new string('ä', 37), 0, default)).ShouldBeNull();

    [Fact]
    public async Task Who_would_wait_too_long_is_sent_away_and_the_others_are_served()
    {
        var hashes = new PasswordHashes(new PasswordCost(1024, 1));
        var stored = (await hashes.HashAsync("pässword", 0, default))!;
        var asked = Enumerable.Range(0, 1200 * Environment.ProcessorCount).Select(_ => hashes.VerifyAsync("pässword", stored, default).AsTask()).ToList();
        await Task.WhenAll(asked).ContinueWith(_ => { }, TaskScheduler.Default);
        asked.ShouldContain(one => one.IsFaulted && one.Exception!.InnerException is PasswordsBusyException);
        asked.Count(one => one.IsCompletedSuccessfully).ShouldBeGreaterThanOrEqualTo(1000);
        asked.Where(one => one.IsCompletedSuccessfully).ShouldAllBe(one => one.Result);
        (await hashes.VerifyAsync("pässword", stored, default)).ShouldBeTrue();
    }
}
