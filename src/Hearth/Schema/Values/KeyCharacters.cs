using System.Buffers;
using Hearth.Basics;

namespace Hearth.Schema.Values;

/// <summary>What record ids may not contain or be when their pattern is not the stock one (contract 1.9): they become parts of paths and file names.</summary>
internal static class KeyCharacters
{
    private static readonly SearchValues<char> Forbidden = SearchValues.Create("./\\|\"'`<>:?*%$\0\uFFFD\t\r\n ");

    /// <summary>The fault of an id that cannot be a path segment everywhere, or null.</summary>
    public static FieldFault? Check(string id)
    {
        var at = id.AsSpan().IndexOfAny(Forbidden);
        if (at >= 0)
        {
            return FieldFaults.With("validation_forbidden_pk_character", "'{ch}' is not a valid primary key character.", "ch", id[at].ToString());
        }
        return IsDevice(id)
            ? FieldFaults.With("validation_reserved_pk", "The primary key '{reserved}' is reserved and cannot be used.", "reserved", id)
            : null;
    }

    /// <summary>Names that Windows keeps for devices, whatever their case.</summary>
    private static bool IsDevice(string id)
    {
        var name = id.ToUpperInvariant();
        return name is "CON" or "PRN" or "AUX" or "NUL" ||
            (name.Length == 4 && (name.StartsWith("COM", StringComparison.Ordinal) || name.StartsWith("LPT", StringComparison.Ordinal)) && name[3] is >= '1' and <= '9');
    }
}
