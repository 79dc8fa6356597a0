using Hearth.Data;
using Hearth.Records;
using Hearth.Records.Writing;
using Hearth.Schema;
using Microsoft.AspNetCore.Identity;

namespace Hearth.Features.Accounts.Passkeys;

/// <summary>
/// What ASP.NET Core's verifier asks of a store of accounts: to find one by its id, and its passkeys. For one request and one collection. The verifier writes
/// nothing by itself; what it does not need throws.
/// </summary>
internal sealed class PasskeyStore(Engine engine, SchemaSnapshot schema, Collection owners) : IUserPasskeyStore<Record>
{
    private readonly Collection table = PasskeyRow.TableOf(schema);

    public async Task<Record?> FindByIdAsync(string userId, CancellationToken cancellationToken)
    {
        using var session = await engine.ReadOnceAsync(cancellationToken);
        return await StoredRows.FindAsync(session, owners, userId, cancellationToken);
    }

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Record user, CancellationToken cancellationToken)
    {
        using var session = await engine.ReadOnceAsync(cancellationToken);
        return [.. (await SystemRecords.ListAsync(session, table, user, cancellationToken)).Select(PasskeyRow.InfoOf)];
    }

    public async Task<Record?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        await RowAsync(credentialId, cancellationToken) is { } row ? await FindByIdAsync(row.GetText("recordRef"), cancellationToken) : null;

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(Record user, byte[] credentialId, CancellationToken cancellationToken) =>
        await RowAsync(credentialId, cancellationToken) is { } row && SystemRecords.Belongs(row, user) ? PasskeyRow.InfoOf(row) : null;

    public Task<string> GetUserIdAsync(Record user, CancellationToken cancellationToken) => Task.FromResult(user.Id);

    public Task<string?> GetUserNameAsync(Record user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Id);

    public Task<string?> GetNormalizedUserNameAsync(Record user, CancellationToken cancellationToken) => GetUserNameAsync(user, cancellationToken);

    public Task<Record?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => throw Unused();

    public Task AddOrUpdatePasskeyAsync(Record user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => throw Unused();

    public Task RemovePasskeyAsync(Record user, byte[] credentialId, CancellationToken cancellationToken) => throw Unused();

    public Task SetUserNameAsync(Record user, string? userName, CancellationToken cancellationToken) => throw Unused();

    public Task SetNormalizedUserNameAsync(Record user, string? normalizedName, CancellationToken cancellationToken) => throw Unused();

    public Task<IdentityResult> CreateAsync(Record user, CancellationToken cancellationToken) => throw Unused();

    public Task<IdentityResult> UpdateAsync(Record user, CancellationToken cancellationToken) => throw Unused();

    public Task<IdentityResult> DeleteAsync(Record user, CancellationToken cancellationToken) => throw Unused();

    public void Dispose()
    {
    }

    private async Task<Record?> RowAsync(byte[] credentialId, CancellationToken stop)
    {
        using var session = await engine.ReadOnceAsync(stop);
        var rows = await StoredRows.ListAsync(session, PasskeyRow.PlanOf(table, owners, credentialId), stop);
        return rows.Count == 0 ? null : rows[0];
    }

    private static NotSupportedException Unused() => new("The verifier does not need this.");
}
