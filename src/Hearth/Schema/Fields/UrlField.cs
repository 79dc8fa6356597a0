using System.Text.Json;
using Hearth.Basics;
using Hearth.Schema.Checks;
using Hearth.Schema.Values;
using Hearth.Schema.Wire;

namespace Hearth.Schema;

/// <summary>An address of the web, with or without a scheme, kept exactly as it is sent (contract 5.6).</summary>
public sealed record UrlField : Field
{
    /// <summary>Refused domains; null means none. Excludes <see cref="OnlyDomains"/>.</summary>
    public IReadOnlyList<string>? ExceptDomains { get; init; }

    /// <summary>The only allowed domains; null means any.</summary>
    public IReadOnlyList<string>? OnlyDomains { get; init; }

    /// <inheritdoc/>
    public override FieldType Type => FieldType.Url;

    /// <summary>True for an address that has a scheme, and so leads somewhere by itself; at most 2083 characters.</summary>
    public static bool IsAbsolute(string text) => WebAddress.Parts(text) is { HasScheme: true };

    /// <inheritdoc/>
    public override FieldValue Coerce(JsonElement input) => FieldValue.Text(Coercion.Text(input));

    /// <inheritdoc/>
    public override FieldFault? Check(FieldValue value)
    {
        var url = value.AsText;
        if (url.Length == 0) return CheckRequired(value);
        if (WebAddress.Parts(url) is not { } parts) return new FieldFault("validation_invalid_url", "Must be a valid url.");
        // Of an address without a scheme nobody can say for sure where it leads.
        return (parts.HasScheme || OnlyDomains is not { Count: > 0 }) && Domains.Allow(parts.Host, OnlyDomains, ExceptDomains)
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
}
