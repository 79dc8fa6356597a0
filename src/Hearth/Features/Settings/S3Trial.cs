using System.Text.Json;
using Hearth.Basics;
using Hearth.Http;
using Hearth.Resources.Blobs;

namespace Hearth.Features.Settings;

/// <summary>Tries the object store that the settings name (contract 10.2): a small object goes there, comes back and is removed.</summary>
internal static class S3Trial
{
    private const string Storage = "storage";
    private const string Backups = "backups";

    public static async ValueTask<Fault?> RunAsync(Exchange exchange, Blobs blobs)
    {
        if ((await exchange.ReadBodyAsync("An error occurred while loading the submitted data.")).Failed(out var unread, out var body)) return unread;
        var name = body.Values.TryGetValue("filesystem", out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : "";
        if (name is not (Storage or Backups))
        {
            var fault = string.IsNullOrEmpty(name) ? FieldFault.Required : new FieldFault("validation_in_invalid", "Must be a valid value.");
            return Fault.BadRequest("settings.unknown_place", "Failed to test the S3 filesystem.", new FaultMap().Add("filesystem", fault));
        }
        var store = name == Storage ? blobs.Files : blobs.Backups;
        if (store.IsLocal) return Failed("S3 storage is not enabled.");
        try
        {
            return await BlobTrial.RunAsync(store, exchange.Stop) is { } wrong ? Failed(wrong) : await exchange.NoContent();
        }
        catch (BlobException e)
        {
            return Failed(e.Message);
        }
    }

    // Whoever sees this may see the settings too.
    private static Fault Failed(string why) => Fault.BadRequest("settings.s3_failed", $"Failed to test the S3 filesystem. Raw error: {why}");
}
