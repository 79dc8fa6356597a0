using Hearth.Records;
using Hearth.Schema;
using Microsoft.Net.Http.Headers;

namespace Hearth.Resources.Mail.Templates;

/// <summary>
/// Which language of a template its reader gets: that of the text field <c>language</c> of the account, else the first of <c>Accept-Language</c> (RFC 9110,
/// 12.5.4) that there is, a region falling back to its language (RFC 4647, 3.4), else the template as it is.
/// </summary>
internal static class LanguageChoice
{
    /// <summary>The words, and their language as a tag.</summary>
    public static (MailTemplate Words, string Tag) Of(MailTemplate template, Record account, string acceptLanguage)
    {
        foreach (var wanted in Wanted(account, acceptLanguage))
        {
            for (var tag = wanted; tag.Length > 0; tag = tag.LastIndexOf('-') is var dash and > 0 ? tag[..dash] : "")
            {
                foreach (var (name, words) in template.Languages)
                {
                    if (name.Equals(tag, StringComparison.OrdinalIgnoreCase)) return (words, name);
                }
            }
        }
        return (template, "en");
    }

    private static IEnumerable<string> Wanted(Record account, string acceptLanguage)
    {
        if (account.Collection.FindField("language") is { Type: FieldType.Text or FieldType.Select } field && account[field.Name].AsText is { Length: > 0 } own) yield return own;
        if (!StringWithQualityHeaderValue.TryParseList([acceptLanguage], out var list)) yield break;
        foreach (var item in list.Where(item => item.Quality is not 0).OrderByDescending(item => item.Quality ?? 1)) yield return item.Value.ToString();
    }
}
