using System.Text.Json;
using Hearth.Basics;
using Hearth.Schema.Checks;
using Hearth.Schema.Values;
using Hearth.Schema.Wire;

namespace Hearth.Schema;

/// <summary>An absolute URL, kept exactly as it is sent (contract 5.6).</summary>
public sealed record UrlField : Field
{
    /// <summary>Refused domains; null means none. Excludes <see cref="OnlyDomains"/>.</summary>
    public IReadOnlyList<string>? ExceptDomains { get; init; }

    /// <summary>The only allowed domains; null means any.</summary>
    public IReadOnlyList<string>? OnlyDomains { get; init; }

    /// <inheritdoc/>
    public override FieldType Type => FieldType.Url;

    /// <summary>True for a URL with scheme and host (RFC 3986), without blanks, of at most 2083 characters.</summary>
    public static bool IsAbsolute(string text) =>
        text.Length <= 2083 && HostOf(text).Length > 0 && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)) && Uri.TryCreate(text, UriKind.Absolute, out _);

    /// <inheritdoc/>
    public override FieldValue Coerce(JsonElement input) => FieldValue.Text(Coercion.Text(input));

    /// <inheritdoc/>
    public override FieldFault? Check(FieldValue value)
    {
        var url = value.AsText;
        if (url.Length == 0) return CheckRequired(value);
        if (!IsAbsolute(url)) return new FieldFault("validation_invalid_url", "Must be a valid url.");
        return Domains.Allow(HostOf(url), OnlyDomains, ExceptDomains)
            ? null
            : new FieldFault("validation_url_domain_not_allowed", "Url domain is not allowed.");
    }

    internal override void CheckOptions(FaultMap faults, FieldContext context) => Domains.CheckLists(faults, OnlyDomains, ExceptDomains);

    internal override void WriteOptions(Utf8JsonWriter writer)
    {
        writer.WriteTexts("exceptDomains", ExceptDomains);
        writer.WriteTexts("onlyDomains", OnlyDomains);
    }

    internal override Field WithOptions(OptionReader options) => this with
    {
        ExceptDomains = options.Texts("exceptDomains", ExceptDomains),
        OnlyDomains = options.Texts("onlyDomains", OnlyDomains),
    };

    /// <summary>Host with port as written; empty when the text has none.</summary>
    private static string HostOf(string url)
    {
        var start = url.IndexOf("://", StringComparison.Ordinal);
        if (start < 1) return "";
        var rest = url[(start + 3)..];
        var end = rest.IndexOfAny(['/', '?', '#']);
        if (end >= 0) rest = rest[..end];
        return rest[(rest.LastIndexOf('@') + 1)..];
    }
}
