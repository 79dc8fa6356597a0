using System.Text.Json;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Records.Writing;
using Hearth.Resources.Tokens;
using Hearth.Schema;

namespace Hearth.Features.Accounts;

/// <summary>
/// The first superuser of a new server (contract 10.10): an account for the setup page, with a token of 30 minutes. It goes when the first
/// real superuser is made.
/// </summary>
internal static class SetupLink
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    // The account can be made, changed or removed by another node between the look at it and the write.
    private const int MostTries = 5;

    /// <summary>
    /// A token for the setup page; null when there is a superuser already. Tokens of earlier starts end, unless another node is running: its token opens the
    /// page just as well.
    /// </summary>
    public static async Task<string?> OfferAsync(RecordStore records, TokenSigner tokens, SchemaSnapshot schema, CancellationToken stop)
    {
        var superusers = schema.Find(Caller.SuperusersCollection) ?? throw new InvalidOperationException("There is no collection of superusers.");
        for (var tries = 1; ; tries++)
        {
            if (await HasPersonAsync(records.Engine, superusers, stop)) return null;
            var saved = await AccountAsync(records, schema, superusers, stop);
            if (!saved.Failed(out var fault, out var record)) return tokens.Issue(superusers, TokenKind.Auth, record.Id, record.GetText("tokenKey"), Lifetime, refreshable: false);
            if (tries == MostTries) throw new InvalidOperationException($"The account of the setup page could not be made: {fault.Message} {fault.Cause}");
        }
    }

    private static async Task<Outcome<Record>> AccountAsync(RecordStore records, SchemaSnapshot schema, Collection superusers, CancellationToken stop)
    {
        if (await records.FindByAsync(superusers, "email", SystemRecords.InstallerEmail, stop) is not { } found)
        {
            return await records.CreateAsync(schema, superusers, Values(("email", SystemRecords.InstallerEmail), ("password", RandomText.Of(30))), RequestFacts.None, stop);
        }
        if (await records.Engine.FindOtherNodeAsync(stop) is not null) return found;
        return await records.UpdateAsync(schema, superusers, found.Id, Values(("tokenKey:autogenerate", "")), RequestFacts.None, stop);
    }

    /// <summary>Somebody can sign in as a superuser; the account of the setup page does not count.</summary>
    public static async ValueTask<bool> HasPersonAsync(Engine engine, Collection superusers, CancellationToken stop)
    {
        var from = new BaseSource(superusers);
        var email = superusers.FindField("email") ?? throw new InvalidOperationException("Superusers have no e-mail address.");
        using var session = await engine.ReadAsync(stop);
        return await session.AnyAsync(
            new ReadPlan { From = from, Where = new Compare(new Column(from, email), CompareOperator.NotEqual, new Literal(FieldValue.Text(SystemRecords.InstallerEmail)), false) },
            stop);
    }

    private static Submission Values(params ReadOnlySpan<(string Name, string Text)> values)
    {
        var body = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var (name, text) in values) body[name] = JsonElement.Parse("\"" + text + "\""); // addresses and random letters need no escapes
        return new Submission(body);
    }
}
