namespace Hearth.Basics;

/// <summary>CRC-32 as in IEEE 802.3 (reflected polynomial 0xEDB88320); derived ids are made from it.</summary>
public static class Crc32
{
    /// <summary>The checksum of UTF-8 text.</summary>
    public static uint Of(string text)
    {
        var crc = uint.MaxValue;
        foreach (var b in System.Text.Encoding.UTF8.GetBytes(text))
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320u;
        }
        return ~crc;
    }
}
