using System.Text.Json;
using System.Text.Json.Serialization;
using Hearth.Basics;

namespace Hearth.Resources.Settings;

/// <summary>The addresses from which superusers may work, as a command orders them of a server that runs.</summary>
/// <param name="Addresses">Addresses and networks; none lets superusers in from anywhere.</param>
/// <param name="By">Who ran the command, for the audit log.</param>
internal sealed record AddressOrder(IReadOnlyList<string> Addresses, string By);

/// <summary>What a server has made of an order.</summary>
/// <param name="Wrong">Why it was refused; empty when it was done.</param>
internal sealed record AddressOrderAnswer(string Wrong);

/// <summary>
/// The way from a command to a server that holds the data folder: a file is laid into the folder, and the answer is another one. Who may write there could change
/// the database itself, so this opens nothing; and it works where the key of encrypted settings is with the server alone.
/// </summary>
/// <param name="folder">The data folder.</param>
internal sealed class AddressOrderFile(string folder)
{
    /// <summary>How long an order is good: what a server does not take within this time it never takes.</summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(20);

    private readonly string order = Path.Combine(folder, "hearth.superuser-ips");
    private readonly string answer = Path.Combine(folder, "hearth.superuser-ips.answer");

    /// <summary>Lays an order down.</summary>
    public void Give(AddressOrder wanted)
    {
        File.Delete(answer);
        Write(order, JsonSerializer.SerializeToUtf8Bytes(wanted, AddressOrderJson.Default.AddressOrder));
    }

    /// <summary>Takes the order that lies there; null when there is none, or it is too old or cannot be read.</summary>
    public AddressOrder? Take(DateTimeOffset now)
    {
        var file = new FileInfo(order);
        if (!file.Exists) return null;
        var old = now - file.LastWriteTimeUtc > GoodFor;
        var bytes = old ? [] : File.ReadAllBytes(order);
        file.Delete();
        return old ? null : Read(bytes, AddressOrderJson.Default.AddressOrder);
    }

    /// <summary>Takes an order back that nobody took; false when somebody has taken it.</summary>
    public bool TakeBack()
    {
        if (!File.Exists(order)) return false;
        File.Delete(order);
        return true;
    }

    /// <summary>Answers the order that was taken.</summary>
    public void Answer(AddressOrderAnswer made) => Write(answer, JsonSerializer.SerializeToUtf8Bytes(made, AddressOrderJson.Default.AddressOrderAnswer));

    /// <summary>Takes the answer; null while there is none.</summary>
    public AddressOrderAnswer? TakeAnswer()
    {
        if (!File.Exists(answer)) return null;
        var made = Read(File.ReadAllBytes(answer), AddressOrderJson.Default.AddressOrderAnswer);
        File.Delete(answer);
        return made;
    }

    private static T? Read<T>(byte[] bytes, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Under its name it is whole.
    private static void Write(string path, byte[] bytes)
    {
        using (var file = OwnerOnly.Create(path + ".part", FileMode.Create)) file.Write(bytes);
        File.Move(path + ".part", path, overwrite: true);
    }
}

[JsonSerializable(typeof(AddressOrder))]
[JsonSerializable(typeof(AddressOrderAnswer))]
internal sealed partial class AddressOrderJson : JsonSerializerContext;
