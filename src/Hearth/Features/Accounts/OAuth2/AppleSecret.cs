using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hearth.Basics;
using Hearth.Http;
using Microsoft.IdentityModel.Tokens;

namespace Hearth.Features.Accounts.OAuth2;

/// <summary>Makes the client secret that Apple asks for: a token signed with the developer's key (contract 10.2). Nothing of it is kept.</summary>
internal static class AppleSecret
{
    private const string NotLoaded = "An error occurred while loading the submitted data.";
    private const int IdLength = 10;

    // Six months: Apple takes no longer.
    private const long MostSeconds = 15_777_000;

    public static async ValueTask<Fault?> AnswerAsync(Exchange exchange, TimeProvider clock)
    {
        if ((await exchange.ReadBodyAsync(NotLoaded)).Failed(out var fault, out var body)) return fault;
        if (body.ReadText("clientId", NotLoaded).Failed(out fault, out var clientId)) return fault;
        if (body.ReadText("teamId", NotLoaded).Failed(out fault, out var teamId)) return fault;
        if (body.ReadText("keyId", NotLoaded).Failed(out fault, out var keyId)) return fault;
        if (body.ReadText("privateKey", NotLoaded).Failed(out fault, out var privateKey)) return fault;
        if (body.ReadInteger("duration", NotLoaded).Failed(out fault, out var duration)) return fault;

        using var key = ReadKey(privateKey);
        var faults = new FaultMap();
        if (clientId.Length == 0) faults.Add("clientId", FieldFault.Required);
        CheckId("teamId", teamId, faults);
        CheckId("keyId", keyId, faults);
        if (privateKey.Trim().Length == 0) faults.Add("privateKey", FieldFault.Required);
        else if (key is null) faults.Add("privateKey", new FieldFault("validation_match_invalid", "Must be in a valid format."));
        CheckDuration(duration, faults);
        if (!faults.IsEmpty || key is null) return Fault.BadRequest("accounts.invalid", "An error occurred while validating the submitted data.", faults);

        var json = exchange.StartJson();
        json.WriteStartObject();
        json.WriteString("secret"u8, Sign(key, keyId, teamId, clientId, clock.GetUtcNow(), duration));
        json.WriteEndObject();
        return await exchange.SendJsonAsync();
    }

    private static void CheckId(string name, string id, FaultMap faults)
    {
        if (id.Length == 0) faults.Add(name, FieldFault.Required);
        else if (Encoding.UTF8.GetByteCount(id) != IdLength)
        {
            faults.Add(name, new FieldFault("validation_length_invalid", $"The length must be exactly {IdLength}.", new Dictionary<string, object?> { ["max"] = IdLength, ["min"] = IdLength }));
        }
    }

    private static void CheckDuration(long seconds, FaultMap faults)
    {
        if (seconds == 0) faults.Add("duration", FieldFault.Required);
        else if (seconds < 1) faults.Add("duration", new FieldFault("validation_min_greater_equal_than_required", "Must be no less than 1.", new Dictionary<string, object?> { ["threshold"] = 1 }));
        else if (seconds > MostSeconds)
        {
            faults.Add("duration", new FieldFault("validation_max_less_equal_than_required", $"Must be no greater than {MostSeconds}.", new Dictionary<string, object?> { ["threshold"] = MostSeconds }));
        }
    }

    // A key of PKCS#8 on the curve P-256, which is what ES256 signs with; null for anything else.
    private static ECDsa? ReadKey(string pem)
    {
        if (!pem.Contains("-----BEGIN PRIVATE KEY-----", StringComparison.Ordinal)) return null;
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            if (key.KeySize == 256) return key;
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            // Told as a fault of the field.
        }
        key.Dispose();
        return null;
    }

    private static string Sign(ECDsa key, string keyId, string teamId, string clientId, DateTimeOffset now, long duration)
    {
        var header = Part(json =>
        {
            json.WriteString("alg"u8, SecurityAlgorithms.EcdsaSha256);
            json.WriteString("kid"u8, keyId);
            json.WriteString("typ"u8, "JWT");
        });
        var payload = Part(json =>
        {
            json.WriteStartArray("aud"u8);
            json.WriteStringValue("https://appleid.apple.com");
            json.WriteEndArray();
            json.WriteNumber("exp"u8, now.ToUnixTimeSeconds() + duration);
            json.WriteNumber("iat"u8, now.ToUnixTimeSeconds());
            json.WriteString("iss"u8, teamId);
            json.WriteString("sub"u8, clientId);
        });
        var signed = $"{header}.{payload}";
        return $"{signed}.{Base64UrlEncoder.Encode(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    private static string Part(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        return Base64UrlEncoder.Encode(buffer.WrittenSpan.ToArray());
    }
}
