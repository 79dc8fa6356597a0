using System.Text;

namespace Hearth.Features.Accounts.Factors;

/// <summary>Base32 (RFC 4648, section 6) without padding: the form in which authenticator apps take secrets.</summary>
internal static class Base32
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>Bytes as text.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder((bytes.Length * 8 + 4) / 5);
        var (held, bits) = (0, 0);
        foreach (var next in bytes)
        {
            (held, bits) = (((held << 8) | next) & 0xFFF, bits + 8);
            for (; bits >= 5; bits -= 5) text.Append(Alphabet[(held >> (bits - 5)) & 31]);
        }
        if (bits > 0) text.Append(Alphabet[(held << (5 - bits)) & 31]);
        return text.ToString();
    }

    /// <summary>Text as bytes; throws a <see cref="FormatException"/> when it is not Base32.</summary>
    public static byte[] Decode(string text)
    {
        var bytes = new byte[text.Length * 5 / 8];
        var (held, bits, at) = (0, 0, 0);
        foreach (var letter in text)
        {
            var value = Alphabet.IndexOf(letter, StringComparison.Ordinal);
            if (value < 0) throw new FormatException("No Base32.");
            (held, bits) = (((held << 5) | value) & 0xFFF, bits + 5);
            if (bits < 8) continue;
            bytes[at++] = (byte)(held >> (bits - 8));
            bits -= 8;
        }
        return bytes;
    }
}
