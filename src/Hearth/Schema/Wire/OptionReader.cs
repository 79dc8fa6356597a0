using System.Text.Json;
using Hearth.Schema.Values;

namespace Hearth.Schema.Wire;

/// <summary>What went wrong while a body was decoded; shared by the readers of all its parts.</summary>
internal sealed class DecodeState
{
    /// <summary>The first problem in words for the log, or null when all is well.</summary>
    public string? Problem { get; private set; }

    /// <summary>Notes a problem.</summary>
    public void Fail(string problem) => Problem ??= problem;
}

/// <summary>
/// Reads the members of one JSON object of fixed shape. Keys match without regard to case and unknown keys are ignored (contract 1.3). An absent
/// or null member keeps its value; a member of the wrong kind is noted in the <see cref="DecodeState"/> and keeps its value too.
/// </summary>
internal sealed class OptionReader
{
    private readonly Dictionary<string, JsonElement> members = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads an object; anything else is a problem.</summary>
    public OptionReader(JsonElement element, DecodeState state)
    {
        State = state;
        if (element.ValueKind != JsonValueKind.Object)
        {
            state.Fail($"an object was expected, not {element.ValueKind}");
            return;
        }
        foreach (var property in element.EnumerateObject()) members[JsonSpelling.NameOf(property)] = property.Value;
    }

    /// <summary>Reads members that were already taken apart.</summary>
    public OptionReader(IReadOnlyDictionary<string, JsonElement> body, DecodeState state)
    {
        State = state;
        foreach (var (name, value) in body) members[name] = value;
    }

    /// <summary>Where problems are noted.</summary>
    public DecodeState State { get; }

    /// <summary>Names of the members.</summary>
    public IEnumerable<string> Names => members.Keys;

    /// <summary>True when the member is there, be it null.</summary>
    public bool Has(string name) => members.ContainsKey(name);

    /// <summary>A member that is there and not null.</summary>
    public bool TryGet(string name, out JsonElement value) => members.TryGetValue(name, out value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>A text.</summary>
    public string Text(string name, string fallback)
    {
        if (!TryGet(name, out var value)) return fallback;
        if (value.ValueKind == JsonValueKind.String) return Coercion.StringOf(value);
        return Wrong(name, fallback);
    }

    /// <summary>A text that may be null; an explicit null is taken.</summary>
    public string? TextOrNull(string name, string? fallback)
    {
        if (!members.TryGetValue(name, out var value)) return fallback;
        return value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => Coercion.StringOf(value),
            _ => Wrong(name, fallback),
        };
    }

    /// <summary>A truth value.</summary>
    public bool Flag(string name, bool fallback)
    {
        if (!TryGet(name, out var value)) return fallback;
        return value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => Wrong(name, fallback),
        };
    }

    /// <summary>A truth value that may be null; an explicit null is taken.</summary>
    public bool? FlagOrNull(string name, bool? fallback)
    {
        if (!members.TryGetValue(name, out var value)) return fallback;
        return value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => Wrong(name, fallback),
        };
    }

    /// <summary>A 64-bit integer.</summary>
    public long Whole(string name, long fallback)
    {
        if (!TryGet(name, out var value)) return fallback;
        if (value.ValueKind != JsonValueKind.Number) return Wrong(name, fallback);
        if (value.TryGetInt64(out var number)) return number;
        // 5.0 and 1e3 are integers in other words.
        return value.TryGetDecimal(out var exact) && exact == decimal.Truncate(exact) && exact is >= long.MinValue and <= long.MaxValue
            ? (long)exact
            : Wrong(name, fallback);
    }

    /// <summary>A 32-bit integer.</summary>
    public int Small(string name, int fallback)
    {
        var number = Whole(name, fallback);
        return number is >= int.MinValue and <= int.MaxValue ? (int)number : Wrong(name, fallback);
    }

    /// <summary>A number that may be null; an explicit null is taken.</summary>
    public double? Number(string name, double? fallback)
    {
        if (!members.TryGetValue(name, out var value)) return fallback;
        if (value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind != JsonValueKind.Number) return Wrong(name, fallback);
        var number = value.GetDouble();
        return double.IsFinite(number) ? number : Wrong(name, fallback);
    }

    /// <summary>A list of texts that may be null; an explicit null is taken.</summary>
    public IReadOnlyList<string>? Texts(string name, IReadOnlyList<string>? fallback)
    {
        if (!members.TryGetValue(name, out var value)) return fallback;
        if (value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.String)) return Wrong(name, fallback);
        return [.. value.EnumerateArray().Select(Coercion.StringOf)];
    }

    /// <summary>The items of a list; null when the member is absent or null.</summary>
    public IReadOnlyList<JsonElement>? Items(string name)
    {
        if (!TryGet(name, out var value)) return null;
        return value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : Wrong<IReadOnlyList<JsonElement>?>(name, null);
    }

    /// <summary>A reader of a nested object; null when the member is absent or null.</summary>
    public OptionReader? Child(string name) => TryGet(name, out var value) ? new OptionReader(value, State) : null;

    private T Wrong<T>(string name, T fallback)
    {
        State.Fail($"\"{name}\" has a value of the wrong kind");
        return fallback;
    }
}
