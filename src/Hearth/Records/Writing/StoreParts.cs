using Hearth.Data;
using Hearth.Planning;
using Hearth.Records.Files;
using Hearth.Schema;
using Microsoft.Extensions.Logging;

namespace Hearth.Records.Writing;

/// <summary>What every write of records works with.</summary>
internal sealed record StoreParts(Engine Engine, RecordEvents Events, PasswordHashing Passwords, TimeProvider Clock, ILogger Logger, RecordJournal Journal, FileDebts? Debts);

/// <summary>What one write is about: fixed from its beginning to its end.</summary>
internal sealed record WriteScope(SchemaSnapshot Schema, Collection Collection, RequestFacts Facts)
{
    /// <summary>Hidden fields are written by superusers only.</summary>
    public bool WritesHidden => Facts.Caller.IsSuperuser;

    /// <summary>Work of the program itself, which need not repeat passwords.</summary>
    public bool IsOwn => ReferenceEquals(Facts.Caller, Caller.System);
}
