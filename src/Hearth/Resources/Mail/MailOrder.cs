namespace Hearth.Resources.Mail;

/// <summary>
/// A mail that is wanted: what it is about, not yet its words. They are written when it is its turn, so that no code and no link waits in the database, and
/// what has become pointless by then is not sent.
/// </summary>
/// <param name="Kind">Which writer writes it; see <see cref="MailQueue.On"/>.</param>
public sealed record MailOrder(string Kind)
{
    /// <summary>Its id in the queue; empty lets the queue make one.</summary>
    public string Id { get; init; } = "";

    /// <summary>The address that was asked for, as it was told; it need not be known or even be an address.</summary>
    public string To { get; init; } = "";

    /// <summary>Id of the collection of the account that it is about; empty when it is about none.</summary>
    public string CollectionId { get; init; } = "";

    /// <summary>Id of the account that it is about; empty when that is found out later.</summary>
    public string RecordId { get; init; } = "";

    /// <summary>What else the writer must know. No secrets: it stands in the database until the mail is sent.</summary>
    public IReadOnlyDictionary<string, string> Data { get; init; } = new Dictionary<string, string>();

    /// <summary>How long it makes sense to send it.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromDays(1);

    /// <summary>When it was ordered; set by the queue.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>A text of <see cref="Data"/>; empty when there is none.</summary>
    public string Find(string name) => Data.GetValueOrDefault(name, "");
}

/// <summary>How many mails of a key may be ordered within a time.</summary>
/// <param name="Key">What is counted together, such as a kind and an address; upper and lower case are the same.</param>
/// <param name="Most">How many.</param>
/// <param name="Window">Within which time.</param>
public sealed record MailLimit(string Key, int Most, TimeSpan Window);

/// <summary>Writes mails of one kind when it is their turn.</summary>
public abstract class MailWriter
{
    /// <summary>The words of a mail, or null when there is nothing to send (any more). Called again for each try.</summary>
    public abstract ValueTask<MailMessage?> WriteAsync(MailOrder order, CancellationToken stop);

    /// <summary>It will not be sent, whatever was tried.</summary>
    public virtual ValueTask GiveUpAsync(MailOrder order, CancellationToken stop) => ValueTask.CompletedTask;
}
