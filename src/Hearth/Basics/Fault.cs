namespace Hearth.Basics;

/// <summary>
/// Something a client caused and can mend. Faults are values: they are returned, never thrown, and only
/// <c>Http/FaultWriter</c> turns one into a response.
/// </summary>
/// <param name="Status">HTTP status, 400 to 599.</param>
/// <param name="Code">Stable name of the fault for documents and logs, such as <c>records.not_found</c>.</param>
/// <param name="Message">A safe sentence for the client; <see cref="Sentence.Of"/> has been applied.</param>
/// <param name="Data">What is wrong with which field; empty when there is nothing safe to tell.</param>
public sealed record Fault(int Status, string Code, string Message, FaultMap Data)
{
    /// <summary>The inner reason, for the log only. Never sent to a client.</summary>
    public string? Cause { get; init; }

    /// <summary>Seconds after which the same request may succeed; sent as <c>Retry-After</c> (RFC 9110, 10.2.3).</summary>
    public int? RetryAfter { get; init; }

    /// <summary>Makes a fault without field entries.</summary>
    public static Fault Of(int status, string code, string message) => new(status, code, Sentence.Of(message), FaultMap.Empty);

    /// <summary>400 with the contract's default message unless another is given.</summary>
    public static Fault BadRequest(string code, string? message = null, FaultMap? data = null) =>
        new(400, code, Sentence.Of(message ?? "Something went wrong while processing your request."), data ?? FaultMap.Empty);

    /// <summary>401 with the contract's default message unless another is given.</summary>
    public static Fault Unauthorized(string code, string? message = null) =>
        Of(401, code, message ?? "Missing or invalid authentication.");

    /// <summary>403 with the contract's default message unless another is given.</summary>
    public static Fault Forbidden(string code, string? message = null) =>
        Of(403, code, message ?? "You are not allowed to perform this request.");

    /// <summary>404 with the contract's default message unless another is given.</summary>
    public static Fault NotFound(string code = "not_found", string? message = null) =>
        Of(404, code, message ?? "The requested resource wasn't found.");

    /// <summary>The same fault with a reason for the log.</summary>
    public Fault Because(string cause) => this with { Cause = cause };
}

/// <summary>One entry of <see cref="Fault.Data"/>: either a <see cref="FieldFault"/> or a nested <see cref="FaultMap"/>.</summary>
public abstract record FaultEntry;

/// <summary>What is wrong with one field.</summary>
/// <param name="Code">A validation code of the wire contract, such as <c>validation_required</c>.</param>
/// <param name="Message">A safe sentence.</param>
/// <param name="Params">Values of the placeholders in the message (text, number, bool or lists of these), or null.</param>
public sealed record FieldFault(string Code, string Message, IReadOnlyDictionary<string, object?>? Params = null) : FaultEntry
{
    /// <summary>For <c>batch_request_failed</c>: the fault that the inner request met.</summary>
    public Fault? Response { get; init; }

    /// <summary><c>validation_required</c>.</summary>
    public static FieldFault Required { get; } = new("validation_required", "Cannot be blank.");

    /// <summary><c>validation_invalid_value</c>.</summary>
    public static FieldFault InvalidValue { get; } = new("validation_invalid_value", "Invalid value.");

    /// <summary><c>validation_not_unique</c>.</summary>
    public static FieldFault NotUnique { get; } = new("validation_not_unique", "Value must be unique.");
}

/// <summary>Field faults by field name, in the order in which they were found; list items use their index as name.</summary>
public sealed record FaultMap : FaultEntry
{
    private readonly Dictionary<string, FaultEntry> entries = new(StringComparer.Ordinal);

    /// <summary>A map that nobody adds to.</summary>
    public static FaultMap Empty => new();

    /// <summary>True when nothing is wrong.</summary>
    public bool IsEmpty => entries.Count == 0;

    /// <summary>The entries in order.</summary>
    public IEnumerable<KeyValuePair<string, FaultEntry>> Entries => entries;

    /// <summary>The entry of a name, or null.</summary>
    public FaultEntry? this[string name] => entries.GetValueOrDefault(name);

    /// <summary>Adds an entry unless the name already has one: the first fault of a field is the one that is told.</summary>
    public FaultMap Add(string name, FaultEntry entry)
    {
        entries.TryAdd(name, entry);
        return this;
    }

    /// <summary>Adds an entry at a dotted path such as <c>fields.3.name</c>, making the maps on the way.</summary>
    public FaultMap AddAt(string path, FaultEntry entry)
    {
        var map = this;
        var names = path.Split('.');
        for (var i = 0; i < names.Length - 1; i++)
        {
            if (map[names[i]] is not FaultMap next)
            {
                if (map[names[i]] is not null) return this;
                map.entries[names[i]] = next = new FaultMap();
            }
            map = next;
        }
        map.Add(names[^1], entry);
        return this;
    }
}
