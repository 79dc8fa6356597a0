using Hearth.Basics;
using Hearth.Http;
using Hearth.Records;

namespace Hearth.Features.Accounts.Factors;

/// <summary>
/// Who changes the factors of an account must have proved who they are just now (<see cref="Hearth.Records.Writing.OwnerProof"/>): the session was begun within
/// the last minutes, or the password comes with the request.
/// </summary>
internal sealed class FreshProof(FeatureSetup setup)
{
    /// <summary>The record that asks, or the fault: 403 when the proof is missing, 400 when the password is wrong, 429 after too many wrong ones.</summary>
    public async ValueTask<Outcome<Record>> CheckAsync(Exchange exchange, RequestBody body)
    {
        if (body.ReadText("password").Failed(out var fault, out var password)) return fault;
        if (exchange.Caller.Collection is not { } collection) return Fault.Unauthorized("caller.guest");
        if (await setup.Records.FindAsync(collection, exchange.Caller.Id, exchange.Stop) is not { } record) return Fault.NotFound("accounts.not_found");
        return await setup.Records.Proof.RefuseAsync(null, exchange.Schema, record, password, exchange.Facts, exchange.Stop) is { } refused ? refused : record;
    }
}
