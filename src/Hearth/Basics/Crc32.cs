namespace Hearth.Basics;

/// <summary>CRC-32 as in IEEE 802.3 (reflected polynomial 0xEDB88320); derived ids are made from it, and PNG files end each of their parts with it.</summary>
public static class Crc32
{
    /// <summary>What a checksum begins with; see <see cref="Append"/>.</summary>
    public const uint Begin = uint.MaxValue;

    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(static value => Shift((uint)value))];

    /// <summary>The checksum of UTF-8 text.</summary>
    public static uint Of(string text) => End(Append(Begin, System.Text.Encoding.UTF8.GetBytes(text)));

    /// <summary>Goes on with a checksum; <see cref="End"/> makes the result of it.</summary>
    public static uint Append(uint state, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes) state = Table[(byte)(state ^ value)] ^ (state >> 8);
        return state;
    }

    /// <summary>The checksum of everything that was appended.</summary>
    public static uint End(uint state) => ~state;

    private static uint Shift(uint value)
    {
        for (var bit = 0; bit < 8; bit++) value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ 0xEDB88320u;
        return value;
    }
}
