using System.Globalization;
using Hearth.Basics;

namespace Hearth.Schema;

/// <summary>Ids made from types and names, so that the same schema gets the same ids everywhere (contract 4.3).</summary>
public static class DerivedIds
{
    /// <summary>The id of a field: its type and the CRC-32 of its name, with a number behind it when that is taken.</summary>
    public static string OfField(Field field, IReadOnlySet<string> taken) =>
        Free(field.Type.WireName() + Crc32.Of(field.Name).ToString(CultureInfo.InvariantCulture), taken);

    /// <summary>The id of a collection: <see cref="Collection.DerivedId"/>, with a number behind it when that is taken.</summary>
    public static string OfCollection(CollectionType type, string name, IReadOnlySet<string> taken) => Free(Collection.DerivedId(type, name), taken);

    private static string Free(string id, IReadOnlySet<string> taken)
    {
        if (!taken.Contains(id)) return id;
        for (var number = 2; ; number++)
        {
            var numbered = id + number.ToString(CultureInfo.InvariantCulture);
            if (!taken.Contains(numbered)) return numbered;
        }
    }
}
