using Hearth.Data;
using Hearth.Resources.Secrets;
using Hearth.Resources.Settings;
using Hearth.Schema;

namespace Hearth.Resources.Audit;

/// <summary>Something that is not as it was sealed.</summary>
/// <param name="Number">Number of the entry, or of the first of several.</param>
/// <param name="Id">Id of the entry; empty when it is not there.</param>
/// <param name="Kind"><c>changed</c>, <c>missing</c>, <c>link</c>, <c>doubled</c>, <c>number</c>, <c>head</c> or <c>signature</c>.</param>
/// <param name="Message">One sentence.</param>
public sealed record AuditProblem(long Number, string Id, string Kind, string Message);

/// <summary>What a check of the chain has found.</summary>
/// <param name="Entries">Entries that have a place in the chain.</param>
/// <param name="Unsealed">Entries that have none yet; they get one about a second after they were written.</param>
/// <param name="Head">Where the chain stands.</param>
/// <param name="Signed">The head carries a signature that was checked.</param>
/// <param name="Problems">The first hundred; none says that the chain is whole.</param>
public sealed record AuditReport(long Entries, long Unsealed, AuditHead Head, bool Signed, IReadOnlyList<AuditProblem> Problems)
{
    /// <summary>The hash of the entry that was asked for; null when it is not there.</summary>
    public string? HashOfNoted { get; init; }
}

/// <summary>Walks the chain from its anchor to its head.</summary>
internal sealed class AuditCheck
{
    private const int MostProblems = 100;

    private readonly List<AuditProblem> problems = [];
    private readonly AuditHead head;
    private long last;
    private string lastHash;
    private bool linkIsKnown = true;

    private AuditCheck(AuditHead head) => (this.head, last, lastHash) = (head, head.AnchorNumber, head.AnchorHash);

    /// <summary>Checks what a session sees.</summary>
    /// <param name="session">One consistent state.</param>
    /// <param name="secrets">The key of the app.</param>
    /// <param name="noted">Number of an entry whose hash somebody has noted; 0 for none.</param>
    /// <param name="stop">Gives up.</param>
    public static async Task<AuditReport> RunAsync(ReadSession session, AppSecrets secrets, long noted, CancellationToken stop)
    {
        var head = AuditHead.Parse(await ParameterStore.FindAsync(session, AuditHead.Key, stop));
        var check = new AuditCheck(head);
        var unsealed = await session.CountAsync(AuditRows.Open(whole: false), stop);
        var entries = 0L;
        var found = noted > 0 && noted == head.AnchorNumber ? head.AnchorHash : null;
        using (var rows = await session.QueryAsync(AuditRows.Sealed() with { Unhurried = true }, stop))
        {
            for (; await rows.NextAsync(stop); entries++)
            {
                var row = RowValues.Read(rows, AuditRows.Table.Fields);
                check.Add(row);
                if (noted > 0 && Text(row, "hash") is var hash && NumberOf(row) == noted) found = hash;
            }
        }
        check.End(secrets);
        return new AuditReport(entries, unsealed, head, secrets.IsOn, check.problems) { HashOfNoted = found };
    }

    private void Add(FieldValue[] row)
    {
        var (number, id, hash) = (NumberOf(row), row[0].AsText, Text(row, "hash"));
        if (number != Math.Floor(number) || number <= head.AnchorNumber)
        {
            Tell((long)number, id, "number", "The entry has a number that none can have here.");
            return;
        }
        var place = (long)number;
        if (place == last)
        {
            Tell(place, id, "doubled", $"There is more than one entry {place}.");
            return;
        }
        if (place > last + 1) TellMissing(last + 1, place - 1);
        if (AuditChain.HashOf(place, Text(row, "previous"), row) != hash) Tell(place, id, "changed", $"Entry {place} is not as it was sealed.");
        else if (linkIsKnown && Text(row, "previous") != lastHash) Tell(place, id, "link", $"Entry {place} was sealed behind another entry than the one that stands before it.");
        (last, lastHash, linkIsKnown) = (place, hash, true);
    }

    private void End(AppSecrets secrets)
    {
        if (last < head.Number) TellMissing(last + 1, head.Number);
        else if (last > head.Number) Tell(head.Number + 1, "", "head", $"There are entries behind {head.Number}, the last that was sealed.");
        else if (lastHash != head.Hash) Tell(last, "", "head", $"Entry {last} is not the one that was sealed last.");
        if (!head.IsSigned(secrets)) Tell(head.Number, "", "signature", "The end of the chain was not signed with the key of this app.");
        if (head.Forged > 0) Tell(head.Forged, "", "signature", $"When the chain ended at entry {head.Forged}, its end was not signed with the key of this app.");
    }

    private void TellMissing(long from, long to)
    {
        Tell(from, "", "missing", from == to ? $"Entry {from} is missing." : $"Entries {from} to {to} are missing.");
        linkIsKnown = false;
    }

    private void Tell(long number, string id, string kind, string message)
    {
        if (problems.Count < MostProblems) problems.Add(new AuditProblem(number, id, kind, message));
    }

    private static double NumberOf(FieldValue[] row) => row[AuditRows.Table.OrdinalOf("number")].AsNumber;

    private static string Text(FieldValue[] row, string name) => row[AuditRows.Table.OrdinalOf(name)].AsText;
}
