using System.Text.Json;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Features.Accounts.OAuth2.Providers;
using Hearth.Http;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Records.Writing;
using Hearth.Schema;

namespace Hearth.Features.Accounts.OAuth2;

/// <summary>Somebody who comes from a service.</summary>
/// <param name="Provider">Name of the service.</param>
/// <param name="Person">Who the service says it is.</param>
/// <param name="CreateData">What the client wants in a new record.</param>
internal sealed record Arrival(string Provider, Person Person, IReadOnlyDictionary<string, JsonElement> CreateData);

/// <summary>The account of who comes from a service.</summary>
internal sealed record FoundAccount(Record Record, bool IsNew);

/// <summary>
/// Finds or makes the account of somebody who comes from a service, and links the two (contract 7.6). Account and link are one transaction; when two
/// first sign-ins meet, the unique index of links lets one of them win, and the other looks again.
/// </summary>
internal sealed class LinkedAccounts(FeatureSetup setup, PictureDownload pictures)
{
    private const int MostTries = 5;
    private static readonly Fault Overtaken = Fault.BadRequest("accounts.oauth2_overtaken", "Failed to authenticate.").Because("other sign-ins kept getting in the way");

    /// <summary>The account; the fault of a refused sign-up otherwise.</summary>
    public async ValueTask<Outcome<FoundAccount>> FindOrMakeAsync(Exchange exchange, Collection collection, Arrival arrival)
    {
        Fault? refusal = null;
        for (var tries = 0; tries < MostTries; tries++)
        {
            var found = await LookUp.FindAsync(setup, exchange, collection, arrival);
            if (found is { Record: null } && refusal is not null && !ReferenceEquals(refusal, Overtaken)) return refusal;
            var outcome = found.Record is { } record ? await AdoptAsync(exchange, record, found, arrival) : await SignUpAsync(exchange, collection, arrival);
            if (!outcome.Failed(out refusal)) return outcome;
            // A sign-up may have been refused because the same person has just signed up in another request; then there is an account now.
            if (found.Record is not null && !ReferenceEquals(refusal, Overtaken)) return refusal;
        }
        return refusal ?? Overtaken;
    }

    private async ValueTask<Outcome<FoundAccount>> SignUpAsync(Exchange exchange, Collection collection, Arrival arrival)
    {
        if (collection.Name == Caller.SuperusersCollection) return Fault.BadRequest("accounts.oauth2_superuser", "Failed to authenticate.").Because("superusers do not sign up");
        var data = await SignUpData.CompleteAsync(setup.Engine, collection, arrival, pictures, exchange.Stop);
        var account = setup.Records.Create(
            exchange.Schema,
            collection,
            data,
            exchange.FactsWith(data.Body, "oauth2"),
            (_, record) =>
            {
                if (record.GetText("email") == arrival.Person.Email) record["verified"] = FieldValue.Bool(true);
                return new((Fault?)null);
            },
            moreFollows: true);
        await account.PrepareSlowAsync(exchange.Stop);
        if (await account.PrepareAsync(null, exchange.Stop) is { } refused) return refused;
        if ((await PrepareLinkAsync(exchange, account.Record!, arrival)).Failed(out var fault, out var link)) return fault; // a prepared write has its record
        fault = await setup.Engine.WriteAsync(
            exchange.Schema,
            async session => await account.CommitAsync(session, exchange.Stop) ?? await CommitLinkAsync(session, link, exchange.Stop),
            static fault => fault is null,
            exchange.Stop);
        if (fault is not null) return fault;
        await account.AnnounceAsync();
        await link.AnnounceAsync();
        return new FoundAccount(account.Record!, IsNew: true);
    }

    /// <summary>Lets a person into an account that is there, after what others may have prepared in it was made void.</summary>
    private async ValueTask<Outcome<FoundAccount>> AdoptAsync(Exchange exchange, Record record, LookUp found, Arrival arrival)
    {
        var (email, verified) = (record.GetText("email"), record.GetBool("verified"));
        var changes = Changes(record, found, arrival.Person);
        if (changes.Count == 0 && found.IsLinked && verified) return new FoundAccount(record, IsNew: false);
        if (verified && !found.IsLinked && await LookUp.HasOtherLinkAsync(setup.Engine, exchange, record, arrival))
        {
            return Fault.BadRequest("accounts.oauth2_other_link", "Failed to authenticate.").Because("the account is linked to another account of the service");
        }
        // What was decided holds for the account as it was seen.
        ValueTask<Fault?> StillSoAsync(WriteSession session, Record stored) =>
            new(stored.Original("email").AsText == email && stored.Original("verified").AsBool == verified ? null : Overtaken);
        var linking = !found.IsLinked || !verified;
        var update = changes.Count == 0 ? null : setup.Records.Update(exchange.Schema, record.Collection, record.Id, new Submission(changes), exchange.Facts with { Caller = Caller.System }, StillSoAsync, moreFollows: linking);
        if (update is not null)
        {
            await update.PrepareSlowAsync(exchange.Stop);
            if (await update.PrepareAsync(null, exchange.Stop) is { } refused) return refused;
        }
        RecordWrite? link = null;
        if (linking && (await PrepareLinkAsync(exchange, record, arrival)).Failed(out var fault, out link)) return fault;
        fault = await setup.Engine.WriteAsync(
            exchange.Schema,
            async session =>
            {
                if (update is not null)
                {
                    if (await update.CommitAsync(session, exchange.Stop) is { } unmet) return unmet;
                }
                else
                {
                    var stored = await StoredRows.FindAsync(session, record.Collection, record.Id, exchange.Stop);
                    if (stored is null || await StillSoAsync(session, stored) is not null) return Overtaken;
                }
                // Links from before the address was proven may be somebody else's.
                if (!verified) await SystemRecords.RemoveAsync(session, exchange.Schema, SystemRecords.ExternalAuths, record, exchange.Stop);
                return link is null ? null : await CommitLinkAsync(session, link, exchange.Stop);
            },
            static fault => fault is null,
            exchange.Stop);
        if (fault is not null) return fault;
        if (update is not null) await update.AnnounceAsync();
        if (link is not null) await link.AnnounceAsync();
        return new FoundAccount(update?.Record ?? record, IsNew: false);
    }

    private static Dictionary<string, JsonElement> Changes(Record record, LookUp found, Person person)
    {
        var changes = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var email = record.GetText("email");
        // Somebody may have signed up with this address before its owner came: what they know must not open the account any more.
        if (!record.GetBool("verified") && !found.IsCaller) changes["password"] = SignUpData.Json(SignUpData.RandomPassword(record.Collection));
        if (email.Length == 0 && person.Email.Length > 0 && !found.EmailIsTaken) changes["email"] = SignUpData.Json(person.Email);
        if (!record.GetBool("verified") && (email.Length == 0 || found.HasEmail)) changes["verified"] = JsonElement.Parse("true");
        return changes;
    }

    private async ValueTask<Outcome<RecordWrite>> PrepareLinkAsync(Exchange exchange, Record owner, Arrival arrival)
    {
        var link = setup.Records.Create(exchange.Schema, LookUp.Links(exchange.Schema), new Submission(new Dictionary<string, JsonElement>
        {
            ["collectionRef"] = SignUpData.Json(owner.Collection.Id),
            ["recordRef"] = SignUpData.Json(owner.Id),
            ["provider"] = SignUpData.Json(arrival.Provider),
            ["providerId"] = SignUpData.Json(arrival.Person.Id),
        }), RequestFacts.None);
        // Only a hook of the app can refuse here, and then the whole sign-in is refused with its words.
        return await link.PrepareAsync(null, exchange.Stop) is { } refused ? refused : link;
    }

    private static async ValueTask<Fault?> CommitLinkAsync(WriteSession session, RecordWrite link, CancellationToken stop) =>
        await link.CommitAsync(session, stop) is null ? null : Overtaken;
}
