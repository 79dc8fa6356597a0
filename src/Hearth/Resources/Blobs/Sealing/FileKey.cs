using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hearth.Data;
using Hearth.Resources.Secrets;
using Hearth.Resources.Settings;

namespace Hearth.Resources.Blobs.Sealing;

/// <summary>
/// The key under which an app seals its files: drawn once, kept in the database, sealed with the key of the app. When that one changes, only this has to be sealed
/// anew and not every file.
/// </summary>
public sealed class FileKey(ParameterStore parameters, AppSecrets secrets)
{
    private const string Parameter = "filesKey";

    private byte[]? known;

    /// <summary>The key; drawn when there is none. Throws a <see cref="DataException"/> when it cannot be opened with the key of the app.</summary>
    public async ValueTask<byte[]> GetAsync(CancellationToken stop)
    {
        if (Volatile.Read(ref known) is { } key) return key;
        var stored = await parameters.FindAsync(Parameter, stop);
        if (stored is null)
        {
            var drawn = Pack(RandomNumberGenerator.GetBytes(AppSecrets.KeyBytes), secrets);
            // The first of all nodes wins.
            (await parameters.ChangeAsync(Parameter, before => stored = before ?? drawn, stop)).Failed(out _);
        }
        key = Unpack(stored ?? throw new InvalidOperationException("The key was not stored."));
        Volatile.Write(ref known, key);
        return key;
    }

    /// <summary>What is stored may be another one by now: it is read again when it is needed.</summary>
    internal ValueTask Forget()
    {
        Volatile.Write(ref known, null);
        return ValueTask.CompletedTask;
    }

    /// <summary>Stores the key, if there is one, as another key of the app, or none, would have it.</summary>
    internal async ValueTask StoreAsync(WriteSession session, AppSecrets under, CancellationToken stop)
    {
        if (await ParameterStore.FindAsync(session, Parameter, stop) is { } stored) await parameters.StoreAsync(session, Parameter, Pack(Unpack(stored), under), stop);
    }

    private static string Pack(byte[] key, AppSecrets under) => new JsonObject { ["key"] = under.Seal(Convert.ToBase64String(key), Context) }.ToJsonString();

    private byte[] Unpack(string stored) => Convert.FromBase64String(secrets.Open(JsonElement.Parse(stored).GetProperty("key").GetString() ?? "", Context));

    private static string Context => AppSecrets.ContextOf("_params", Parameter, "key");
}
