using System.Security.Cryptography;
using System.Text;
using Hearth.Basics;
using Hearth.Basics.Journeys;
using Hearth.Data;
using Hearth.Http;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Schema;

namespace Hearth.Features.Accounts;

/// <summary>Signing in with a password (contract 7.4).</summary>
internal sealed class PasswordSignIn(FeatureSetup setup, SignIn signIn)
{
    private const string NotLoaded = "An error occurred while loading the submitted data.";
    private const int MostBytes = 255;

    public async ValueTask<Fault?> AnswerAsync(Exchange exchange, Collection collection)
    {
        var options = collection.Auth?.PasswordAuth ?? new PasswordAuthOptions { Enabled = false };
        if (!options.Enabled) return Fault.Forbidden("accounts.no_passwords", "The collection is not configured to allow password authentication.");
        if ((await exchange.ReadBodyAsync(NotLoaded)).Failed(out var fault, out var body)) return fault;
        if (body.ReadText("identity", NotLoaded).Failed(out fault, out var identity)) return fault;
        if (body.ReadText("password", NotLoaded).Failed(out fault, out var password)) return fault;
        if (body.ReadText("identityField", NotLoaded).Failed(out fault, out var field)) return fault;
        if (Check(identity, password, field, options) is { } wrong) return wrong;

        var (record, like) = await FindAsync(collection, identity, field.Length > 0 ? [field] : Order(options.IdentityFields, identity), exchange.Journey, exchange.Stop);
        var began = exchange.Journey?.Now ?? 0;
        var matches = record is null
            ? await setup.Passwords.VerifyNobodyAsync(password, like, exchange.Stop)
            : await setup.Passwords.VerifyAsync(password, record.GetText("password"), exchange.Stop);
        exchange.Journey?.Password(began);
        if (!matches || record is null) return await signIn.FailedAsync(exchange, collection, record, "password", Fault.BadRequest("accounts.wrong_password", "Failed to authenticate."));
        if (setup.Passwords.IsOutdated(record.GetText("password"))) await RenewAsync(record, password, exchange.Stop);
        return await signIn.CompleteAsync(exchange, record, new SignInProof("password", body.Values));
    }

    // The password stays the same, so that tokens and places stay good: only the hash is written, and only over the one that was compared.
    private async ValueTask RenewAsync(Record record, string password, CancellationToken stop)
    {
        if (await setup.Passwords.HashAsync(password, 0, stop) is not { } hash || record.Collection.FindField("password") is not { } field) return;
        await setup.Engine.WriteAsync(
            async session =>
            {
                var stored = await StoredRows.FindAsync(session, record.Collection, record.Id, stop);
                return stored?.GetText("password") == record.GetText("password")
                    && await session.ExecuteAsync(new UpdateRow(record.Collection, record.Id, [new Assignment(field, FieldValue.Text(hash))]), stop) is null;
            },
            static done => done,
            stop);
    }

    private static Fault? Check(string identity, string password, string field, PasswordAuthOptions options)
    {
        var faults = new FaultMap();
        CheckText("identity", identity, faults);
        CheckText("password", password, faults);
        if (field.Length > 0 && !options.IdentityFields.Contains(field)) faults.Add("identityField", new FieldFault("validation_in_invalid", "Must be a valid value."));
        return faults.IsEmpty ? null : Fault.BadRequest("accounts.invalid", "An error occurred while validating the submitted data.", faults);
    }

    private static void CheckText(string name, string text, FaultMap faults)
    {
        if (text.Length == 0) faults.Add(name, FieldFault.Required);
        else if (Encoding.UTF8.GetByteCount(text) > MostBytes)
        {
            faults.Add(name, new FieldFault("validation_length_out_of_range", $"The length must be between 1 and {MostBytes}.", new Dictionary<string, object?> { ["max"] = MostBytes, ["min"] = 1 }));
        }
    }

    // E-mail first, because that is what most people enter, and not at all when it cannot be one.
    private static IEnumerable<string> Order(IReadOnlyList<string> fields, string identity)
    {
        var email = identity.Contains('@') && !identity.Contains(' ');
        return fields.Where(f => email || f != "email").OrderBy(f => f == "email" ? 0 : 1);
    }

    /// <summary>
    /// The account, or null, and the hash of some other account: the same one each time for the same identity, so that an identity without an account takes as
    /// long as one with an account, whatever scheme its hash has. Both are always looked for.
    /// </summary>
    private async ValueTask<(Record? Record, string Like)> FindAsync(Collection collection, string identity, IEnumerable<string> fields, Journey? journey, CancellationToken stop)
    {
        using var session = await setup.Engine.ReadAsync(stop);
        session.Follow(journey);
        Record? record = null;
        foreach (var name in fields)
        {
            if (collection.FindField(name) is not { } field) continue;
            var found = await StoredRows.ListAsync(session, StoredRows.Plan(collection, from => IdentityIs(from, field, identity), 2), stop);
            if (found.Count == 0) continue;
            record = found[0];
            break;
        }
        var other = await FirstFromAsync(session, collection, PointOf(collection, identity), stop) ?? await FirstFromAsync(session, collection, "", stop);
        return (record, other?.GetText("password") ?? "");
    }

    private static async ValueTask<Record?> FirstFromAsync(ReadSession session, Collection collection, string id, CancellationToken stop)
    {
        var plan = StoredRows.Plan(collection, from => new Compare(IdOf(from), CompareOperator.GreaterOrEqual, new Literal(FieldValue.Text(id)), false), 1);
        var found = await StoredRows.ListAsync(session, plan with { Sort = [new SortKey(IdOf(plan.From), false)] }, stop);
        return found.Count == 0 ? null : found[0];
    }

    private static Column IdOf(BaseSource from) => new(from, from.Collection?.FindField("id") ?? throw new InvalidOperationException("An auth collection has no id."));

    // Where among the ids to look; nobody outside can tell which account that will be.
    private static string PointOf(Collection collection, string identity)
    {
        var digest = HMACSHA256.HashData(Encoding.UTF8.GetBytes(collection.Auth?.AuthToken.Secret ?? ""), Encoding.UTF8.GetBytes(identity));
        return string.Concat(digest.AsSpan(0, RandomText.RecordIdLength).ToArray().Select(b => RandomText.LowerAlphabet[b % RandomText.LowerAlphabet.Length]));
    }

    /// <summary>Rows whose field has a value, in upper or lower case where its unique index says so.</summary>
    internal static AllOf IdentityIs(BaseSource from, Field field, string identity)
    {
        Operand stored = new Column(from, field), given = new Literal(FieldValue.Text(identity));
        if (IgnoresCase(from.Collection, field)) (stored, given) = (new Lower(stored), new Lower(given));
        // The second part lets the engine use the index, which leaves empty addresses out.
        return new AllOf([
            new Compare(stored, CompareOperator.Equal, given, false),
            new Compare(new Column(from, field), CompareOperator.NotEqual, new Literal(FieldValue.EmptyText), false),
        ]);
    }

    private static bool IgnoresCase(Collection? collection, Field field)
    {
        foreach (var index in collection?.Indexes ?? [])
        {
            if (index.Unique && index.Columns.Length == 1 && index.Columns[0].Name.Equals(field.Name, StringComparison.OrdinalIgnoreCase)
                && string.Equals(index.Columns[0].Collation, "NOCASE", StringComparison.OrdinalIgnoreCase)) return true;
        }
        return false;
    }
}
