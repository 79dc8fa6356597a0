using System.Text.Json;
using System.Text.Json.Nodes;
using Hearth.Basics;
using Hearth.Http;
using Hearth.Http.Contracts;
using Hearth.Resources.Settings;

namespace Hearth.Features.Settings;

/// <summary>
/// Shows and changes the settings (contract 10.2); for superusers.
/// Routes: <c>/api/settings</c>, <c>/api/settings/test/s3</c>. Tables: the row <c>settings</c> of <c>_params</c>, through the settings store.
/// </summary>
internal sealed class SettingsFeature : Feature
{
    private static Shape Known { get; } = Shape.Object("The settings; see the reference.", [.. new[]
    {
        "meta", "logs", "journeys", "audit", "files", "realtime", "smtp", "s3", "backups", "batch", "rateLimits", "trustedProxy",
    }.Select(static name => (name, Shape.Object(""))), ("superuserIPs", Shape.ListOf(Shape.Text()))]);

    /// <inheritdoc/>
    public override string Name => "settings";

    /// <inheritdoc/>
    public override void Setup(FeatureSetup setup)
    {
        AddressOrders.Follow(setup);
        setup.Map(new RouteDefinition
        {
            Method = "GET",
            Path = "/api/settings",
            Guard = Guard.Superuser,
            Handler = exchange => AnswerAsync(exchange, setup.Settings.Current),
            Summary = "The settings, without secrets.",
            Contract = RouteContract.Gives(Known, "The settings.").AsksFields(),
        });
        setup.Map(new RouteDefinition
        {
            Method = "PATCH",
            Path = "/api/settings",
            Guard = Guard.Superuser,
            Handler = exchange => ChangeAsync(exchange, setup.Settings),
            Summary = "Changes settings; what is not sent stays. `?lockOut=true` saves even a list of superusers' addresses in which the caller's own is not.",
            Contract = RouteContract
                .Gives(Known, "The settings as they are now.")
                .Asks("lockOut", "Saves a list of superusers' addresses without the caller's own.", Shape.Truth())
                .AsksFields()
                .Takes(Shape.Object("What is to change, in the same form.")),
        });
        setup.Map(new RouteDefinition
        {
            Method = "POST",
            Path = "/api/settings/test/s3",
            Guard = Guard.Superuser,
            Handler = exchange => S3Trial.RunAsync(exchange, setup.Blobs),
            Summary = "Tries whether the object store of the settings takes, gives and removes a small object.",
            Contract = RouteContract.GivesNothing("It does.").Takes(Shape.Object("", ("filesystem", Shape.Text("storage or backups.")))),
        });
    }

    private static async ValueTask<Fault?> ChangeAsync(Exchange exchange, SettingsStore settings)
    {
        if ((await exchange.ReadBodyAsync("An error occurred while loading the submitted data.")).Failed(out var unread, out var body)) return unread;
        var meant = exchange.Query("lockOut") is "1" or "true";
        var change = await settings.ChangeAsync(
            before =>
            {
                var after = SettingsPatch.Apply(before, body.Values);
                return !after.Failed(out _, out var wanted) && !meant && LockOut.Find(exchange.Http, wanted) is { } locked ? locked : after;
            },
            exchange.Stop,
            exchange.Facts);
        if (change.Failed(out var refused, out var changed)) return refused;
        return await AnswerAsync(exchange, changed);
    }

    private static ValueTask<Fault?> AnswerAsync(Exchange exchange, AppSettings settings)
    {
        var json = JsonSerializer.SerializeToNode(settings, SettingsJson.Default.AppSettings)!.AsObject(); // a record is written as an object
        Hide(json, "smtp", "password");
        Hide(json, "s3", "secret");
        Hide(json["backups"]!.AsObject(), "s3", "secret"); // a record too
        json.WriteTo(exchange.StartJson());
        return exchange.SendJsonAsync();
    }

    private static void Hide(JsonObject json, string part, string secret) => json[part]!.AsObject().Remove(secret);
}
