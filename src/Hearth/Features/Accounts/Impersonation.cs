using Hearth.Basics;
using Hearth.Http;
using Hearth.Resources.Audit;
using Hearth.Resources.Tokens;
using Hearth.Schema;

namespace Hearth.Features.Accounts;

/// <summary>A superuser acting as somebody else, by a token that cannot be refreshed (contract 7.10).</summary>
internal static class Impersonation
{
    private const string NotLoaded = "An error occurred while loading the submitted data.";

    // 100 years; the largest time that a token can tell is beyond it.
    private const long MostSeconds = 3_155_760_000;

    public static async ValueTask<Fault?> AnswerAsync(Exchange exchange, Collection collection, FeatureSetup setup, SignIn signIn)
    {
        if ((await exchange.ReadBodyAsync(NotLoaded)).Failed(out var fault, out var body)) return fault;
        if (body.ReadInteger("duration", NotLoaded).Failed(out fault, out var seconds)) return fault;
        if (seconds is < 0 or > MostSeconds)
        {
            var wrong = seconds < 0
                ? new FieldFault("validation_min_greater_equal_than_required", "Must be no less than 0.", new Dictionary<string, object?> { ["threshold"] = 0 })
                : new FieldFault("validation_max_less_equal_than_required", $"Must be no greater than {MostSeconds}.", new Dictionary<string, object?> { ["threshold"] = MostSeconds });
            return Fault.BadRequest("accounts.invalid", "An error occurred while validating the submitted data.", new FaultMap().Add("duration", wrong));
        }
        if (await setup.Records.FindAsync(collection, exchange.PathValue("id"), exchange.Stop) is not { } record) return Fault.NotFound("accounts.not_found");
        var lifetime = seconds == 0 ? (TimeSpan?)null : TimeSpan.FromSeconds(seconds);
        await setup.Audit.NoteAsync(AuditEntry.Of("impersonation.started", exchange.Facts, collection.Name, record.Id), exchange.Stop);
        return await signIn.SendAsync(exchange, record, setup.Tokens.Issue(collection, TokenKind.Auth, record.Id, record.GetText("tokenKey"), lifetime, refreshable: false));
    }
}
