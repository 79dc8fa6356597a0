using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Hearth.Basics;

namespace Hearth.Resources.Backups;

/// <summary>Counts and hashes files, one after the other, while they are copied.</summary>
/// <param name="pacing">With a clock it rests when others have work (<see cref="Pace"/>); null hurries.</param>
internal sealed class FilesHash(TimeProvider? pacing) : IDisposable
{
    private const int PieceLength = 128 * 1024;
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(20);

    private readonly IncrementalHash all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Files so far.</summary>
    public long Count { get; private set; }

    /// <summary>Their bytes.</summary>
    public long Length { get; private set; }

    /// <summary>Copies a file of at most so many bytes and counts it; its name is part of the hash.</summary>
    public async ValueTask AddAsync(string name, Stream from, Stream to, CancellationToken stop, long most = long.MaxValue)
    {
        var (hash, length) = await CopyAsync(from, to, most, pacing, stop);
        all.AppendData(Encoding.UTF8.GetBytes($"{name}\n{length}\n{hash}\n"));
        Count++;
        Length += length;
    }

    /// <summary>The hash over all of them.</summary>
    public string Finish() => Convert.ToHexStringLower(all.GetHashAndReset());

    /// <inheritdoc/>
    public void Dispose() => all.Dispose();

    /// <summary>Copies a stream and gives its hash and length. Throws an <see cref="InvalidDataException"/> when there is more than expected.</summary>
    public static async ValueTask<(string Hash, long Length)> CopyAsync(Stream from, Stream to, long most, TimeProvider? pacing, CancellationToken stop)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var piece = ArrayPool<byte>.Shared.Rent(PieceLength);
        try
        {
            var length = 0L;
            var pace = pacing is null ? null : new Pace(pacing);
            for (int count; (count = await from.ReadAsync(piece.AsMemory(0, PieceLength), stop)) > 0;)
            {
                length += count;
                if (length > most) throw new InvalidDataException("There is more in it than it says.");
                hash.AppendData(piece, 0, count);
                await to.WriteAsync(piece.AsMemory(0, count), stop);
                if (pacing is null || pace is null || pace.Worked < Slice) continue;
                await Task.Delay(pace.End(), pacing, stop);
                pace.Begin();
            }
            return (Convert.ToHexStringLower(hash.GetHashAndReset()), length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }
}
