using Hearth.Resources.Passwords;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Accounts;

public sealed class PasswordHashesTests
{
    [Fact]
    public async Task A_hash_tells_its_cost_and_knows_its_password_only()
    {
        var hashes = new PasswordHashes();
        var hash = await hashes.HashAsync("pässword", 0, default);
        hash.ShouldNotBeNull();
        hash.ShouldStartWith("$pbkdf2-sha512$210000$");
        (await hashes.HashAsync("pässword", 0, default)).ShouldNotBe(hash);
        (await hashes.VerifyAsync("pässword", hash, default)).ShouldBeTrue();
        (await hashes.VerifyAsync("password", hash, default)).ShouldBeFalse();
        (await new PasswordHashes(1000).VerifyAsync("pässword", hash, default)).ShouldBeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("$pbkdf2-sha512$1000$!$!")]
    [InlineData("$pbkdf2-sha512$0$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("$pbkdf2-sha512$99999999999$AAAA$AAAA")]
    [InlineData("$pbkdf2-sha512$1000$AAAAAAAAAAAAAAAAAAAAAA==$")]
    public async Task What_is_no_hash_of_ours_fits_nothing(string hash) => (await new PasswordHashes(1000).VerifyAsync("", hash, default)).ShouldBeFalse();

    [Fact]
    public async Task More_than_72_bytes_are_refused() => (await new PasswordHashes(1000).HashAsync(new string('ä', 37), 0, default)).ShouldBeNull();
}
