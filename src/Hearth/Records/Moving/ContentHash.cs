using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Hearth.Schema;

namespace Hearth.Records.Moving;

/// <summary>
/// SHA-256 over rows as values, one after the other: the same on every engine when, and only when, the same values stand in the same order. Each
/// value is written with its kind and length, so that no two rows run into each other.
/// </summary>
internal sealed class ContentHash : IDisposable
{
    private const int Enough = 1 << 16;

    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly ArrayBufferWriter<byte> buffer = new(Enough * 2);

    /// <summary>Rows so far.</summary>
    public long Rows { get; private set; }

    /// <summary>Adds a row.</summary>
    public void Add(ReadOnlySpan<FieldValue> row)
    {
        foreach (var value in row) Add(value);
        Rows++;
        if (buffer.WrittenCount >= Enough) Flush();
    }

    /// <summary>Adds a text of its own.</summary>
    public void Add(string text) => Add('t', text);

    /// <summary>The hash in hexadecimal digits.</summary>
    public string Finish()
    {
        Flush();
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <inheritdoc/>
    public void Dispose() => hash.Dispose();

    private void Add(FieldValue value)
    {
        switch (value.Kind)
        {
            case FieldValueKind.Number:
                // Both zeros are one number.
                Add('n', BitConverter.DoubleToInt64Bits(value.AsNumber == 0 ? 0 : value.AsNumber));
                break;
            case FieldValueKind.Bool:
                Add('b', value.AsBool ? 1 : 0);
                break;
            case FieldValueKind.Text:
                Add('t', value.AsText);
                break;
            case FieldValueKind.List:
                Add('l', value.AsList.Count);
                foreach (var item in value.AsList) Add('t', item);
                break;
            case FieldValueKind.Json when value.AsJson != "null":
                Add('j', Spelling(value.AsJson));
                break;
            default:
                Add('0', 0);
                break;
        }
    }

    // A bare number is a number, however it is spelt.
    private static string Spelling(string json)
    {
        if (json[0] is not ('-' or (>= '0' and <= '9')) || long.TryParse(json, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)) return json;
        var number = double.Parse(json, NumberStyles.Float, CultureInfo.InvariantCulture);
        return number == Math.Truncate(number) && Math.Abs(number) < 9.2233720368547758E18
            ? ((long)number).ToString(CultureInfo.InvariantCulture)
            : number.ToString("R", CultureInfo.InvariantCulture);
    }

    private void Add(char kind, string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Add(kind, length);
        buffer.Advance(Encoding.UTF8.GetBytes(text, buffer.GetSpan(length)));
    }

    private void Add(char kind, long number)
    {
        var span = buffer.GetSpan(9);
        span[0] = (byte)kind;
        BinaryPrimitives.WriteInt64LittleEndian(span[1..], number);
        buffer.Advance(9);
    }

    private void Flush()
    {
        hash.AppendData(buffer.WrittenSpan);
        buffer.ResetWrittenCount();
    }
}
