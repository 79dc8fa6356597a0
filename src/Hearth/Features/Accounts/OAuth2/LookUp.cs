using Hearth.Data;
using Hearth.Features.Accounts.Mails;
using Hearth.Http;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Records.Writing;
using Hearth.Schema;

namespace Hearth.Features.Accounts.OAuth2;

/// <summary>Whose account somebody from a service comes to (contract 7.6: the first match wins).</summary>
/// <param name="Record">The account; null for somebody new.</param>
internal sealed record LookUp(Record? Record)
{
    /// <summary>The account is linked to this person already.</summary>
    public bool IsLinked { get; private init; }

    /// <summary>The account is the one that is signed in.</summary>
    public bool IsCaller { get; private init; }

    /// <summary>The account has the address of the person.</summary>
    public bool HasEmail { get; private init; }

    /// <summary>The address of the person belongs to another account.</summary>
    public bool EmailIsTaken { get; private init; }

    /// <summary>The collection of links.</summary>
    public static Collection Links(SchemaSnapshot schema) => schema.Find(SystemRecords.ExternalAuths) ?? throw new InvalidOperationException("There is no collection of linked accounts.");

    /// <summary>Looks by the link, then at who is signed in, then for the address.</summary>
    public static async ValueTask<LookUp> FindAsync(FeatureSetup setup, Exchange exchange, Collection collection, Arrival arrival)
    {
        using var session = await setup.Engine.ReadAsync(exchange.Stop);
        session.Follow(exchange.Journey);
        // An API key links nothing: a way in that outlives the key would be more than any key is good for.
        var callerId = exchange.Caller is { Scope: null } caller && caller.Collection?.Id == collection.Id ? caller.Id : "";
        var links = await ListLinksAsync(session, exchange, collection, ("provider", arrival.Provider), ("providerId", arrival.Person.Id));
        var linked = links.Count > 0 ? await StoredRows.FindAsync(session, collection, links[0].GetText("recordRef"), exchange.Stop) : null;
        var owner = await AccountMails.FindByAddressAsync(session, collection, arrival.Person.Email, exchange.Stop);
        var record = linked ?? (callerId.Length > 0 ? await StoredRows.FindAsync(session, collection, callerId, exchange.Stop) : null) ?? owner;
        return new LookUp(record)
        {
            IsLinked = linked is not null,
            IsCaller = record is not null && record.Id == callerId,
            HasEmail = owner is not null && owner.Id == record?.Id,
            EmailIsTaken = owner is not null && owner.Id != record?.Id,
        };
    }

    /// <summary>True when the account is linked to somebody else at the same service: one person of a service to an account.</summary>
    public static async ValueTask<bool> HasOtherLinkAsync(Engine engine, Exchange exchange, Record record, Arrival arrival)
    {
        using var session = await engine.ReadAsync(exchange.Stop);
        session.Follow(exchange.Journey);
        return (await ListLinksAsync(session, exchange, record.Collection, ("recordRef", record.Id), ("provider", arrival.Provider))).Count > 0;
    }

    private static ValueTask<List<Record>> ListLinksAsync(ReadSession session, Exchange exchange, Collection collection, (string Field, string Value) first, (string Field, string Value) second)
    {
        var links = Links(exchange.Schema);
        Filter Is(BaseSource from, string field, string value) => StoredRows.TextIs(from, links.FindField(field) ?? throw new InvalidOperationException($"Links have no field {field}."), value);
        return StoredRows.ListAsync(
            session,
            StoredRows.Plan(links, from => new AllOf([Is(from, "collectionRef", collection.Id), Is(from, first.Field, first.Value), Is(from, second.Field, second.Value)]), 1),
            exchange.Stop);
    }
}
