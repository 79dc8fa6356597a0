using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Hearth.Tests.Accounts;

/// <summary>A device that keeps one passkey (ES256) and answers as the standard says, or not quite, where a test wants it to.</summary>
internal sealed class SoftAuthenticator(string origin, string rpId = "localhost") : IDisposable
{
    private const byte Present = 1, Verified = 4, Attested = 64;
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public byte[] CredentialId { get; set; } = RandomNumberGenerator.GetBytes(32);

    public string Origin { get; set; } = origin;

    public string RpId { get; set; } = rpId;

    public bool IsVerified { get; set; } = true;

    public uint Counter { get; set; }

    public string UserHandle { get; set; } = "";

    /// <summary>What <c>navigator.credentials.create()</c> gives.</summary>
    public object Create(JsonElement options)
    {
        UserHandle = options.GetProperty("user").GetProperty("id").GetString()!;
        var parameters = key.ExportParameters(false);
        byte[] publicKey = [0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20, .. parameters.Q.X!, 0x22, 0x58, 0x20, .. parameters.Q.Y!];
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)CredentialId.Length);
        byte[] data = [.. Data(Attested), .. new byte[16], .. length, .. CredentialId, .. publicKey];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)data.Length);
        byte[] attestation = [0xA3, 0x63, .. "fmt"u8, 0x64, .. "none"u8, 0x67, .. "attStmt"u8, 0xA0, 0x68, .. "authData"u8, 0x59, .. length, .. data];
        return Credential(new { clientDataJSON = Text(ClientData("webauthn.create", options)), attestationObject = Text(attestation), transports = new[] { "internal" } });
    }

    /// <summary>What <c>navigator.credentials.get()</c> gives.</summary>
    public object Get(JsonElement options)
    {
        var (client, data) = (ClientData("webauthn.get", options), Data(0));
        var signature = key.SignData([.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Credential(new { clientDataJSON = Text(client), authenticatorData = Text(data), signature = Text(signature), userHandle = UserHandle });
    }

    public void Dispose() => key.Dispose();

    private object Credential(object response) => new { id = Text(CredentialId), rawId = Text(CredentialId), type = "public-key", response, clientExtensionResults = new { } };

    private byte[] ClientData(string type, JsonElement options) =>
        JsonSerializer.SerializeToUtf8Bytes(new { type, challenge = options.GetProperty("challenge").GetString(), origin = Origin, crossOrigin = false });

    private byte[] Data(byte more)
    {
        var counter = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(counter, Counter);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(RpId)), (byte)(Present | (IsVerified ? Verified : 0) | more), .. counter];
    }

    private static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
