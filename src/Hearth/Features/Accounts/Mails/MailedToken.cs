using Hearth.Basics;
using Hearth.Data;
using Hearth.Http;
using Hearth.Records;
using Hearth.Resources.Tokens;
using Hearth.Schema;

namespace Hearth.Features.Accounts.Mails;

/// <summary>A token from a link in a mail that was found good, and the account that it is for as it was then.</summary>
/// <param name="Claims">What it says.</param>
/// <param name="Account">The account.</param>
internal sealed record MailedToken(TokenClaims Claims, Record Account)
{
    private static readonly FieldFault Invalid = new("validation_invalid_token", "Invalid or expired token.");

    /// <summary>Checks a token; the fault names the field <c>token</c> (contract 1.7).</summary>
    public static async ValueTask<Outcome<MailedToken>> ReadAsync(Exchange exchange, FeatureSetup setup, Collection collection, string token, TokenKind kind)
    {
        if (token.Length == 0) return Refused(FieldFault.Required);
        var isRead = setup.Tokens.TryRead(token, out var claims);
        if (kind == TokenKind.EmailChange && (!isRead || claims!.NewEmail.Length == 0)) return Refused(new FieldFault("validation_invalid_token_payload", "Invalid token payload - newEmail must be set."));
        if (kind != TokenKind.PasswordReset && (!isRead || claims!.Email.Length == 0)) return Refused(new FieldFault("validation_invalid_token_claims", "Missing email token claim."));
        if (!isRead || claims!.Kind != kind || exchange.Schema.Find(claims.CollectionId) is not { Type: CollectionType.Auth, Auth: not null } owner || owner.Id != claims.CollectionId) return Refused(Invalid);
        if (await setup.Records.FindAsync(owner, claims.RecordId, exchange.Stop) is not { } account) return Refused(Invalid);
        if (!await setup.Tokens.VerifyAsync(token, claims, owner, account.GetText("tokenKey"))) return Refused(Invalid);
        if (owner.Id != collection.Id) return Refused(new FieldFault("validation_token_collection_mismatch", "The provided token is for different auth collection."));
        return new MailedToken(claims, account);
    }

    /// <summary>
    /// What a write that uses the token must begin with: since it was checked the account has not got another key, which every other use of it and every change
    /// of password or address would have given it.
    /// </summary>
    public Fault? Still(Record stored) => stored.Original("tokenKey").AsText == Account.GetText("tokenKey") ? null : Refused(Invalid);

    /// <summary>400 for the token.</summary>
    public static Fault Refused(FieldFault fault) => AccountMails.Invalid("token", fault);
}
