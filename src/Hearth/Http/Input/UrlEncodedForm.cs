using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Hearth.Http.Input;

/// <summary>Reads <c>application/x-www-form-urlencoded</c> strictly: what is escaped wrongly is refused instead of stored as it stands.</summary>
internal static class UrlEncodedForm
{
    /// <summary>The values by their names; throws <see cref="InvalidDataException"/>.</summary>
    /// <param name="text">The body.</param>
    /// <param name="most">Most values.</param>
    public static FormCollection Read(ReadOnlySpan<byte> text, int most)
    {
        var values = new Dictionary<string, StringValues>(StringComparer.Ordinal);
        var count = 0;
        foreach (var range in text.Split((byte)'&'))
        {
            var pair = text[range];
            if (pair.IsEmpty) continue;
            if (++count > most) throw new InvalidDataException("the form has too many values");
            var equals = pair.IndexOf((byte)'=');
            var name = Decode(equals < 0 ? pair : pair[..equals]);
            var value = equals < 0 ? "" : Decode(pair[(equals + 1)..]);
            values[name] = StringValues.Concat(values.GetValueOrDefault(name), value);
        }
        return new FormCollection(values);
    }

    // Bytes that are no UTF-8 become U+FFFD.
    private static string Decode(ReadOnlySpan<byte> text)
    {
        var bytes = new byte[text.Length];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%')
            {
                if (i + 2 >= text.Length || !char.IsAsciiHexDigit((char)text[i + 1]) || !char.IsAsciiHexDigit((char)text[i + 2])) throw new InvalidDataException("an escape of the form is not valid");
                bytes[length++] = Convert.FromHexString(Encoding.ASCII.GetString(text.Slice(i + 1, 2)))[0];
                i += 2;
            }
            else
            {
                bytes[length++] = text[i] == '+' ? (byte)' ' : text[i];
            }
        }
        return Encoding.UTF8.GetString(bytes, 0, length);
    }
}
