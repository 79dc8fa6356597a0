using Hearth.Basics;
using Hearth.Data;
using Hearth.Http;
using Hearth.Records;
using Hearth.Resources.Mail;
using Hearth.Resources.Mail.Templates;
using Hearth.Schema;
using Hearth.Schema.Values;

namespace Hearth.Features.Accounts.Mails;

/// <summary>What the mails about accounts have in common: who gets them, their words, how often they may be asked for.</summary>
internal sealed class AccountMails(FeatureSetup setup)
{
    /// <summary>Data of an order: the languages that its reader wants, as <c>Accept-Language</c> tells them.</summary>
    public const string Languages = "languages";

    private const int MostOfLanguages = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(2);

    /// <summary>The app around.</summary>
    public FeatureSetup Setup { get; } = setup;

    /// <summary>
    /// Orders a mail to whoever has an address, at most one of a kind in two minutes. Known and unknown addresses take the same way: whose the address is
    /// is found out when the mail is written.
    /// </summary>
    public async ValueTask OrderAsync(Exchange exchange, Collection collection, string kind, string address, TimeSpan lifetime)
    {
        await Setup.Mail.OrderAsync(Order(exchange, collection, kind, address, lifetime), new MailLimit($"{kind} {collection.Id} {address}", 1, Pause), exchange.Stop);
        exchange.Journey?.Mail();
    }

    /// <summary>An order of a request.</summary>
    public static MailOrder Order(Exchange exchange, Collection collection, string kind, string address, TimeSpan lifetime) => new(kind)
    {
        To = address,
        CollectionId = collection.Id,
        Lifetime = lifetime,
        Data = new Dictionary<string, string> { [Languages] = LanguagesOf(exchange) },
    };

    /// <summary>The languages that a request asks for, bounded.</summary>
    public static string LanguagesOf(Exchange exchange)
    {
        var wanted = exchange.Http.Request.Headers.AcceptLanguage.ToString();
        return wanted.Length > MostOfLanguages ? wanted[..MostOfLanguages] : wanted;
    }

    /// <summary>The account that an order is about: by its id, else by its address. Null when there is none, or its collection is no auth collection any more.</summary>
    public async ValueTask<Record?> FindAsync(MailOrder order, CancellationToken stop)
    {
        if (Setup.Schema().Find(order.CollectionId) is not { Type: CollectionType.Auth, Auth: not null } collection) return null;
        using var session = await Setup.Engine.ReadAsync(stop);
        return order.RecordId.Length > 0 ? await StoredRows.FindAsync(session, collection, order.RecordId, stop) : await FindByAddressAsync(session, collection, order.To, stop);
    }

    /// <summary>The account that has an address, or null.</summary>
    public static async ValueTask<Record?> FindByAddressAsync(ReadSession session, Collection collection, string address, CancellationToken stop)
    {
        if (address.Length == 0 || collection.FindField("email") is not { } email) return null;
        var found = await StoredRows.ListAsync(session, StoredRows.Plan(collection, from => PasswordSignIn.IdentityIs(from, email, address), 1), stop);
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>The words of a mail about an account; null when the address is none that mail can go to.</summary>
    /// <param name="account">The account.</param>
    /// <param name="address">Who gets it.</param>
    /// <param name="template">The template.</param>
    /// <param name="languages">Languages that the reader wants, the account's own first.</param>
    /// <param name="values">Values of placeholders.</param>
    public MailMessage? Write(Record account, string address, MailTemplate template, string languages, params ReadOnlySpan<(string Name, string Value)> values)
    {
        if (!MailAddress.TryParse(address, out var to)) return null;
        var meta = Setup.Settings.Current.Meta;
        var all = new Dictionary<string, string> { ["APP_NAME"] = meta.AppName, ["APP_URL"] = meta.AppUrl.TrimEnd('/') };
        foreach (var (name, value) in values) all[name] = value;
        var (words, language) = LanguageChoice.Of(template, account, languages);
        var (subject, body) = TemplateText.Fill(words, all, account);
        return new MailMessage(to, subject, MailLayout.Around(body, language)) { Account = account };
    }

    /// <summary>What is wrong with an address that was sent; null when it is one.</summary>
    public static FieldFault? CheckAddress(string address)
    {
        if (MailFaults.CheckText(address, 255) is { } wrong) return wrong;
        return MailAddress.TryParse(address, out _) ? null : FieldFaults.NoAddress;
    }

    /// <summary>400 with what is wrong with which field.</summary>
    public static Fault Invalid(FaultMap faults) => Fault.BadRequest("accounts.invalid", "An error occurred while validating the submitted data.", faults);

    /// <summary>400 with what is wrong with one field.</summary>
    public static Fault Invalid(string field, FieldFault fault) => Invalid(new FaultMap().Add(field, fault));
}
