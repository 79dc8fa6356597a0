using System.Text.Json;
using System.Text.RegularExpressions;
using Hearth.Basics;
using Hearth.Schema.Checks;
using Hearth.Schema.Values;
using Hearth.Schema.Wire;

namespace Hearth.Schema;

/// <summary>An e-mail address, kept exactly as it is sent (contract 5.6).</summary>
public sealed partial record EmailField : Field
{
    /// <summary>Refused domains; null means none. Excludes <see cref="OnlyDomains"/>.</summary>
    public IReadOnlyList<string>? ExceptDomains { get; init; }

    /// <summary>The only allowed domains; null means any.</summary>
    public IReadOnlyList<string>? OnlyDomains { get; init; }

    /// <inheritdoc/>
    public override FieldType Type => FieldType.Email;

    /// <summary>True for a text in the form of an address: the dot-atom form of RFC 5322 3.4.1 with a dotted domain whose last part is a word, letters of all scripts, at most 255 characters.</summary>
    public static bool IsAddress(string text) => text.Length <= 255 && Address().IsMatch(text);

    /// <inheritdoc/>
    public override FieldValue Coerce(JsonElement input) => FieldValue.Text(Coercion.Text(input));

    /// <inheritdoc/>
    public override FieldFault? Check(FieldValue value)
    {
        var address = value.AsText;
        if (address.Length == 0) return CheckRequired(value);
        if (!IsAddress(address)) return FieldFaults.NoAddress;
        return Domains.Allow(address[(address.LastIndexOf('@') + 1)..], OnlyDomains, ExceptDomains)
            ? null
            : new FieldFault("validation_email_domain_not_allowed", "Email domain is not allowed.");
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

    [GeneratedRegex(
        @"^[\p{L}\p{N}\p{M}!#$%&'*+/=?^_`{|}~-]+(\.[\p{L}\p{N}\p{M}!#$%&'*+/=?^_`{|}~-]+)*@([\p{L}\p{N}]([\p{L}\p{N}\p{M}_~-]*[\p{L}\p{N}\p{M}])?\.)+\p{L}([\p{L}\p{N}\p{M}_~-]*[\p{L}\p{M}])?\.?\z",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Address();
}
