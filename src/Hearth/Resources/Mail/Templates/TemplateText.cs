using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Hearth.Records;
using Hearth.Schema;

namespace Hearth.Resources.Mail.Templates;

/// <summary>
/// Fills the placeholders of a template (contract 13). In one pass: what a value brings is not looked at again, so that nobody can put a placeholder into
/// their own name.
/// </summary>
internal static partial class TemplateText
{
    /// <summary>The subject, and the body as HTML. Values of the record are escaped in the body; those given are not.</summary>
    /// <param name="template">The template.</param>
    /// <param name="values">Values by placeholder, such as <c>TOKEN</c>. A placeholder without one stays as it is written.</param>
    /// <param name="account">The record for <c>{RECORD:field}</c>.</param>
    public static (string Subject, string Body) Fill(MailTemplate template, IReadOnlyDictionary<string, string> values, Record account) =>
        (Fill(template.Subject, values, account, escape: false), Fill(template.Body, values, account, escape: true));

    private static string Fill(string text, IReadOnlyDictionary<string, string> values, Record account, bool escape) => Placeholder().Replace(text, match =>
    {
        if (match.Groups["field"] is { Success: true, Value: var field }) return OfRecord(account, field) is { } shown ? escape ? WebUtility.HtmlEncode(shown) : shown : match.Value;
        return values.GetValueOrDefault(match.Groups["name"].Value, match.Value);
    });

    private static string? OfRecord(Record account, string name)
    {
        if (account.Collection.FindField(name) is not { Hidden: false, Type: not FieldType.Password } || name == "tokenKey") return null;
        var value = account[name];
        return value.Kind switch
        {
            FieldValueKind.Bool => value.AsBool ? "true" : "false",
            FieldValueKind.Number => value.AsNumber.ToString("R", CultureInfo.InvariantCulture),
            FieldValueKind.List => string.Join(", ", value.AsList),
            FieldValueKind.Json => value.AsJson,
            _ => value.AsText,
        };
    }

    [GeneratedRegex(@"\{(?:RECORD:(?<field>\w+)|(?<name>[A-Z_]+))\}")]
    private static partial Regex Placeholder();
}
