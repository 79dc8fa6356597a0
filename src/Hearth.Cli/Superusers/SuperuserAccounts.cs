using System.Text.Json;
using Hearth.App;
using Hearth.Basics;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Schema;

namespace Hearth.Cli.Superusers;

/// <summary>The accounts of superusers, changed through the same store as every record. Each answer is a sentence about what was done.</summary>
internal sealed class SuperuserAccounts(HearthApp app)
{
    private Collection Collection => app.Schema.Find(Caller.SuperusersCollection)
        ?? throw new InvalidOperationException("The collection of superusers is missing.");

    /// <summary>True when somebody can sign in as a superuser; the account of the setup link does not count.</summary>
    public async Task<bool> AnyAsync(CancellationToken stop)
    {
        var from = new BaseSource(Collection);
        var email = new Column(from, Collection.FindField("email")!); // every auth collection has it
        var plan = new ReadPlan { From = from, Where = new Compare(email, CompareOperator.NotEqual, new Literal(FieldValue.Text("__pbinstaller@example.com")), false) };
        using var session = await app.Engine.ReadAsync(stop);
        return await session.AnyAsync(plan, stop);
    }

    /// <summary>Makes a superuser.</summary>
    public async Task<Outcome<string>> CreateAsync(string email, string password, CancellationToken stop)
    {
        var created = await app.Records.CreateAsync(app.Schema, Collection, Body(email, password), CommandFacts.Of(), stop);
        return created.Failed(out var fault) ? fault : $"Made the superuser {email}.";
    }

    /// <summary>Gives a superuser a new password.</summary>
    public async Task<Outcome<string>> UpdateAsync(string email, string password, CancellationToken stop)
    {
        if (await FindAsync(email, stop) is not { } found) return Unknown(email);
        var updated = await app.Records.UpdateAsync(app.Schema, Collection, found.Id, Body(email, password), CommandFacts.Of(), stop);
        return updated.Failed(out var fault) ? fault : $"Gave the superuser {email} the new password.";
    }

    /// <summary>Makes a superuser or gives an existing one a new password.</summary>
    public async Task<Outcome<string>> UpsertAsync(string email, string password, CancellationToken stop) =>
        await FindAsync(email, stop) is null ? await CreateAsync(email, password, stop) : await UpdateAsync(email, password, stop);

    /// <summary>Removes a superuser.</summary>
    public async Task<Outcome<string>> DeleteAsync(string email, CancellationToken stop)
    {
        if (await FindAsync(email, stop) is not { } found) return Unknown(email);
        var deleted = await app.Records.DeleteAsync(app.Schema, Collection, found.Id, CommandFacts.Of(), stop);
        return deleted.Failed(out var fault) ? fault : $"Removed the superuser {email}.";
    }

    private ValueTask<Record?> FindAsync(string email, CancellationToken stop) => app.Records.FindByAsync(Collection, "email", email, stop);

    private static Fault Unknown(string email) => Fault.NotFound("superusers.unknown", $"There is no superuser {email}.");

    private static Submission Body(string email, string password) => new(new Dictionary<string, JsonElement>
    {
        ["email"] = Text(email),
        ["password"] = Text(password),
        ["passwordConfirm"] = Text(password),
    });

    private static JsonElement Text(string text) => JsonSerializer.SerializeToElement(text);
}
