using System.Security.Cryptography;
using System.Text;
using Hearth.Data;
using Hearth.Tests.Moving;
using Shouldly;
using Xunit;

namespace Hearth.Tests.MoveIn;

/// <summary>Encrypted settings stay encrypted, and open with the key that they had.</summary>
public sealed class SecretTests
{
    private const string Key = "0123456789abcdef0123456789abcdef";

    [Fact]
    public async Task Encrypted_settings_open_with_their_key_only()
    {
        await using var old = PocketBaseFolder.Make();
        old.Change($"UPDATE _params SET value = '{Seal("""{"meta":{"appName":"Sealed ember"},"smtp":{"password":"smtp-secret"}}""")}'");
        (await old.ImportAsync(old.World.Folder("none"))).Fault.ShouldNotBeNull().Message.ShouldContain("--encryption-env");
        (await old.ImportAsync(old.World.Folder("none"), options => options.Encrypt("another key of 32 characters 123", "KEY"))).Fault.ShouldNotBeNull().Message.ShouldContain("another key");
        await Should.ThrowAsync<DataException>(() => old.ImportAsync(old.World.Folder("none"), options => options.Encrypt("short", "KEY")));
        Directory.Exists(old.World.Folder("none").Folder).ShouldBeFalse();

        var to = await MoveInTests.PlaceAsync(old);
        (await old.ImportAsync(to, options => options.Encrypt(Key, "KEY"))).Fault?.Message.ShouldBeNull();
        await Should.ThrowAsync<DataException>(() => MoveWorld.OpenAsync(to));
        await using (var server = await MoveInTests.ServeAsync(to, options => options.Encrypt(Key, "KEY")))
        {
            server.App.Settings.Current.Meta.AppName.ShouldBe("Sealed ember");
            server.App.Settings.Current.Smtp.Password.ShouldBe("smtp-secret");
            (await server.SendAsync("POST", "/api/collections/users/auth-refresh", token: MoveInTests.OldToken("_pb_users_auth_", "annannannannann", "ann", "Users"))).Status.ShouldBe(System.Net.HttpStatusCode.OK);
            // Secrets that the old app left readable are sealed with the same key.
            using var session = await server.App.Engine.ReadAsync(default);
            var stored = (await Hearth.Data.Changes.StoredSchema.ReadAsync(session, default)).Single(collection => collection.Name == "users");
            stored.Auth!.AuthToken.Secret.ShouldStartWith("sealed:");
        }
    }

    // Contract 14.3: Base64 of nonce, ciphertext and tag.
    private static string Seal(string json)
    {
        var nonce = RandomNumberGenerator.GetBytes(12);
        var (plain, sealedText, tag) = (Encoding.UTF8.GetBytes(json), new byte[Encoding.UTF8.GetByteCount(json)], new byte[16]);
        using var cipher = new AesGcm(Encoding.UTF8.GetBytes(Key), 16);
        cipher.Encrypt(nonce, plain, sealedText, tag);
        return Convert.ToBase64String([.. nonce, .. sealedText, .. tag]);
    }
}
