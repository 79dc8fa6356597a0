using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Hearth.Data;

namespace Hearth.Resources.Secrets;

/// <summary>
/// Seals small texts that must be readable again with the key of the app, when it has one: AES-256-GCM, each with a nonce of its own. Without a key
/// texts stay as they are. One object for the life of an app; each app has its own key.
/// </summary>
public sealed class AppSecrets
{
    private const string Mark = "sealed:1:";
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    /// <summary>Bytes of a key.</summary>
    public const int KeyBytes = 32;

    private readonly byte[]? settingsKey;
    private readonly byte[]? valueKey;

    private AppSecrets(byte[]? key)
    {
        settingsKey = key;
        // The settings are sealed with the key itself, as the contract has it (14.3); what is Hearth's own has another one, so that neither can be passed off as the other.
        valueKey = key is null ? null : HKDF.DeriveKey(HashAlgorithmName.SHA256, key, KeyBytes, info: "hearth sealed values 1"u8.ToArray());
    }

    /// <summary>No key: texts stay as they are.</summary>
    public static AppSecrets None { get; } = new(null);

    /// <summary>There is a key.</summary>
    public bool IsOn => settingsKey is not null;

    /// <summary>With a key of 32 bytes (32 characters of ASCII). Throws a <see cref="DataException"/> that says what is wrong with it.</summary>
    /// <param name="key">The key.</param>
    /// <param name="name">What it comes from, for people: the name of the environment variable.</param>
    public static AppSecrets Of(string? key, string name)
    {
        if (string.IsNullOrEmpty(key)) throw Refused($"The environment variable {name} is not set: it must hold the key of {KeyBytes} characters that --encryption-env names.");
        var bytes = Encoding.UTF8.GetBytes(key);
        if (bytes.Length != KeyBytes) throw Refused($"The key in {name} has {bytes.Length} bytes; it must have {KeyBytes}. `openssl rand -hex 16` makes one.");
        return new AppSecrets(bytes);
    }

    /// <summary>Seals a text; empty texts, and all without a key, stay as they are.</summary>
    /// <param name="plain">The text.</param>
    /// <param name="context">
    /// Where it stands, such as collection, record and field: it can be opened with the same context only, so that nobody can put the sealed text of one place
    /// into another. See <see cref="ContextOf"/>.
    /// </param>
    public string Seal(string plain, string context) =>
        valueKey is null || plain.Length == 0 ? plain : Mark + Encrypt(valueKey, plain, Encoding.UTF8.GetBytes(context));

    /// <summary>
    /// Opens what <see cref="Seal"/> has made; a text that is not sealed comes back as it is. Throws a <see cref="DataException"/> when there is no key, or not the one
    /// that it was sealed with, or when it was changed or stands in another place.
    /// </summary>
    public string Open(string stored, string context)
    {
        if (!IsSealed(stored)) return stored;
        if (valueKey is null) throw Refused("A stored secret is encrypted, and the app was started without a key: name the variable that holds it with --encryption-env.");
        return Decrypt(valueKey, stored.AsSpan(Mark.Length), Encoding.UTF8.GetBytes(context)) ?? throw Refused($"A stored secret ({context}) cannot be opened: the key is another one, or the value was changed.");
    }

    /// <summary>Whether a text was sealed.</summary>
    public static bool IsSealed(string stored) => stored.StartsWith(Mark, StringComparison.Ordinal);

    /// <summary>The context of a field of a record.</summary>
    public static string ContextOf(string collectionId, string recordId, string field) => $"{collectionId}/{recordId}/{field}";

    /// <summary>A code over a text that nobody can make without the key; empty without a key.</summary>
    public string Sign(string text) => valueKey is null ? "" : Convert.ToHexStringLower(HMACSHA256.HashData(valueKey, Encoding.UTF8.GetBytes(text)));

    /// <summary>The settings as they are stored (contract 14.3): Base64 of nonce, ciphertext and tag; as they are without a key.</summary>
    internal string SealSettings(string json) => settingsKey is null ? json : Encrypt(settingsKey, json, []);

    /// <summary>Opens stored settings; null when it takes another key, or one at all.</summary>
    internal string? OpenSettings(string stored) => settingsKey is null ? null : Decrypt(settingsKey, stored, []);

    /// <summary>A refusal in words for the person who starts the app.</summary>
    internal static DataException Refused(string words) => new(new DataFault(DataFaultKind.Unavailable, words, []));

    private static string Encrypt(byte[] key, string plain, byte[] context)
    {
        var text = Encoding.UTF8.GetBytes(plain);
        var whole = new byte[NonceBytes + text.Length + TagBytes];
        var nonce = whole.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(key, TagBytes);
        cipher.Encrypt(nonce, text, whole.AsSpan(NonceBytes, text.Length), whole.AsSpan(NonceBytes + text.Length), context);
        return Convert.ToBase64String(whole);
    }

    private static string? Decrypt(byte[] key, ReadOnlySpan<char> stored, byte[] context)
    {
        if (!Base64.IsValid(stored)) return null;
        var whole = Convert.FromBase64String(stored.ToString());
        if (whole.Length < NonceBytes + TagBytes) return null;
        var text = new byte[whole.Length - NonceBytes - TagBytes];
        using var cipher = new AesGcm(key, TagBytes);
        try
        {
            cipher.Decrypt(whole.AsSpan(0, NonceBytes), whole.AsSpan(NonceBytes, text.Length), whole.AsSpan(NonceBytes + text.Length), text, context);
            return Encoding.UTF8.GetString(text);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
