using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Hearth.Resources.Blobs.Sealing;

/// <summary>
/// A sealed content: pieces of 64 KiB, each AES-256-GCM with its number as nonce, the last one marked as such. Pieces can be opened one by one, so that a file can be
/// read from anywhere; none can be left out, swapped or put behind the end. The key belongs to one writing of one blob: made of the key of the files, a drawn salt
/// and the blob's key, so that the file of one record cannot be passed off as that of another.
/// </summary>
internal sealed class SealedForm : IDisposable
{
    /// <summary>Bytes of a piece as it was.</summary>
    public const int PlainPiece = 64 * 1024;

    /// <summary>Bytes of a piece as it is stored.</summary>
    public const int SealedPiece = PlainPiece + TagBytes;

    private const int TagBytes = 16;
    private const int NonceBytes = 12;
    private const int SaltBytes = 16;
    private const string Version = "1:";

    private readonly AesGcm cipher;

    private SealedForm(byte[] filesKey, byte[] salt, string blob)
    {
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, filesKey, 32, salt, Encoding.UTF8.GetBytes("hearth sealed file 1\n" + blob));
        cipher = new AesGcm(key, TagBytes);
        Mark = Version + Convert.ToBase64String(salt);
    }

    /// <summary>What is stored beside the content, so that it can be opened.</summary>
    public string Mark { get; }

    /// <summary>For a blob that is to be written.</summary>
    public static SealedForm New(byte[] filesKey, string blob) => new(filesKey, RandomNumberGenerator.GetBytes(SaltBytes), blob);

    /// <summary>For a blob that was written.</summary>
    public static SealedForm Of(byte[] filesKey, string blob, string mark)
    {
        var salt = new byte[SaltBytes];
        if (!mark.StartsWith(Version, StringComparison.Ordinal) || !Convert.TryFromBase64String(mark[Version.Length..], salt, out var count) || count != SaltBytes) throw Broken(blob);
        return new SealedForm(filesKey, salt, blob);
    }

    /// <summary>Bytes of the content that is stored in so many.</summary>
    public static long PlainLength(long stored) => stored - (Pieces(stored) * TagBytes);

    /// <summary>How many pieces are stored in so many bytes.</summary>
    public static long Pieces(long stored) => (stored + SealedPiece - 1) / SealedPiece;

    /// <summary>Seals a piece; gives its bytes.</summary>
    public int Seal(long number, bool last, ReadOnlySpan<byte> plain, Span<byte> target)
    {
        Span<byte> nonce = stackalloc byte[NonceBytes];
        Number(nonce, number, last);
        cipher.Encrypt(nonce, plain, target[..plain.Length], target.Slice(plain.Length, TagBytes));
        return plain.Length + TagBytes;
    }

    /// <summary>Opens a piece; gives its bytes, or -1 when it is not what was sealed.</summary>
    public int Open(long number, bool last, ReadOnlySpan<byte> stored, Span<byte> target)
    {
        if (stored.Length < TagBytes) return -1;
        Span<byte> nonce = stackalloc byte[NonceBytes];
        Number(nonce, number, last);
        var length = stored.Length - TagBytes;
        try
        {
            cipher.Decrypt(nonce, stored[..length], stored[length..], target[..length]);
            return length;
        }
        catch (AuthenticationTagMismatchException)
        {
            return -1;
        }
    }

    public static BlobException Broken(string blob) => new(BlobProblem.Unavailable, $"The sealed file {blob} cannot be opened: it was changed, is not whole, or belongs elsewhere.");

    public void Dispose() => cipher.Dispose();

    private static void Number(Span<byte> nonce, long number, bool last)
    {
        nonce.Clear();
        BinaryPrimitives.WriteInt64BigEndian(nonce, number);
        nonce[^1] = last ? (byte)1 : (byte)0;
    }
}
