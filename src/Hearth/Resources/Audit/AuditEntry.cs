using System.Text.Json.Nodes;
using Hearth.Planning;

namespace Hearth.Resources.Audit;

/// <summary>Who did something, and from where.</summary>
/// <param name="Type"><c>guest</c>, <c>record</c>, <c>superuser</c>, <c>program</c> or <c>commandLine</c>.</param>
/// <param name="Collection">Name of the collection of the record; empty for others.</param>
/// <param name="Id">Id of the record; empty for others.</param>
/// <param name="Client">Address of the client; empty when there is none.</param>
/// <param name="UserAgent">Program of the client as it calls itself; for the command line the person and the machine.</param>
public sealed record AuditActor(string Type, string Collection, string Id, string Client, string UserAgent)
{
    /// <summary>The program itself, without a request.</summary>
    public static AuditActor Program { get; } = new("program", "", "", "", "");

    /// <summary>Whoever makes a request or runs a command.</summary>
    public static AuditActor Of(RequestFacts facts)
    {
        var caller = facts.Caller;
        // What a link in a mail allows is done by the program for whoever has it.
        var type = caller.Collection is null
            ? facts.IsProgram ? "program" : facts.IsCommandLine ? "commandLine" : "guest"
            : caller.IsSuperuser ? "superuser" : "record";
        return new AuditActor(type, caller.Collection?.Name ?? "", caller.Id, facts.Client, facts.UserAgent);
    }
}

/// <summary>One thing that was done, as it is noted. Never put a password, token, code, key or secret into it, nor what a person typed into a field for one.</summary>
/// <param name="Action">What was done: a noun and a verb such as <c>signin.succeeded</c>.</param>
/// <param name="Actor">Who did it.</param>
public sealed record AuditEntry(string Action, AuditActor Actor)
{
    /// <summary>An entry of a request.</summary>
    public static AuditEntry Of(string action, RequestFacts facts, string collection = "", string record = "") =>
        new(action, AuditActor.Of(facts)) { Collection = collection, Record = record };

    /// <summary>Name of the collection that it is about; empty for none.</summary>
    public string Collection { get; init; } = "";

    /// <summary>Id of the record that it is about; empty for none.</summary>
    public string Record { get; init; } = "";

    /// <summary>What else is worth knowing; null for nothing.</summary>
    public JsonObject? Details { get; init; }

    /// <summary>
    /// Somebody without an account can cause it again and again (a failed sign-in, a request for a mail): the same from the same address is counted instead
    /// of repeated, and all of them together are bounded; see <see cref="AuditBounds"/>.
    /// </summary>
    public bool Bounded { get; init; }
}
