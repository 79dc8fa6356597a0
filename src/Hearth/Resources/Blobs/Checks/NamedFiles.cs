using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Hearth.Resources.Blobs.Checks;

/// <summary>Keys that records name, and which of them were seen. It holds 8 bytes of a hash of each: some 40 MB for a million.</summary>
internal sealed class NamedFiles
{
    private readonly Dictionary<ulong, bool> seen = [];

    public long Count => seen.Count;

    public void Add(string key) => seen.TryAdd(HashOf(key), false);

    public bool Contains(string key) => seen.ContainsKey(HashOf(key));

    /// <summary>Notes that a key is stored; false when none names it.</summary>
    public bool See(string key)
    {
        ref var state = ref CollectionsMarshal.GetValueRefOrNullRef(seen, HashOf(key));
        if (System.Runtime.CompilerServices.Unsafe.IsNullRef(ref state)) return false;
        return state = true;
    }

    public bool WasSeen(string key) => seen.GetValueOrDefault(HashOf(key));

    public bool AllSeen => !seen.ContainsValue(false);

    private static ulong HashOf(string key) => BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
