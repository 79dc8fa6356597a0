using System.Text.Json;
using Hearth.Basics;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Schema;

namespace Hearth.Features.Accounts;

/// <summary>The first superuser as the options of the app name it: made at a start without one, so that a container can be set up without a person.</summary>
internal static class FirstSuperuser
{
    /// <summary>Makes it when there is none. Throws an <see cref="InvalidDataException"/> with a reason for people, which never tells the password, when it cannot be made.</summary>
    public static async Task MakeAsync(string? email, string? password, string source, RecordStore records, SchemaSnapshot schema, CancellationToken stop)
    {
        if (string.IsNullOrEmpty(email) || string.IsNullOrEmpty(password))
        {
            throw new InvalidDataException($"The first superuser needs an e-mail address and a password, and {source} give only one of them.");
        }
        var superusers = schema.Find(Caller.SuperusersCollection) ?? throw new InvalidOperationException("There is no collection of superusers.");
        if (await SetupLink.HasPersonAsync(records.Engine, superusers, stop)) return;
        // Taken as on the command line.
        var made = await records.CreateAsync(schema, superusers, Body(email, password), RequestFacts.CommandLine with { UserAgent = source }, stop);
        if (!made.Failed(out var fault)) return;
        // Another node that was started at the same moment may have made it.
        if (await SetupLink.HasPersonAsync(records.Engine, superusers, stop)) return;
        throw new InvalidDataException($"The first superuser cannot be made from {source}: {string.Join(" ", Reasons(fault))}");
    }

    private static IEnumerable<string> Reasons(Fault fault)
    {
        var any = false;
        foreach (var (name, entry) in fault.Data.Entries)
        {
            if (entry is not FieldFault field) continue;
            any = true;
            yield return $"{name}: {field.Message}";
        }
        if (!any) yield return fault.Message;
    }

    private static Submission Body(string email, string password) => new(new Dictionary<string, JsonElement>(StringComparer.Ordinal)
    {
        ["email"] = Text(email),
        ["password"] = Text(password),
        ["passwordConfirm"] = Text(password),
    });

    private static JsonElement Text(string text) => JsonSerializer.SerializeToElement(text, PlainJson.Default.String);
}
