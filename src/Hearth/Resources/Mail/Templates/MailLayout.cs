using System.Net;

namespace Hearth.Resources.Mail.Templates;

/// <summary>The one page into which the bodies of templates are put. Links of the class <c>btn</c> look like buttons.</summary>
internal static class MailLayout
{
    private const string Before = """
        <!doctype html>
        <html lang="{LANGUAGE}">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <meta name="color-scheme" content="light dark">
          <title></title>
          <style>
            body { margin: 0; padding: 24px 12px; background: #f4f4f2; color: #1d1d1b; font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
            .page { max-width: 560px; margin: 0 auto; padding: 24px 28px; background: #ffffff; border-radius: 10px; }
            p { margin: 0 0 16px; }
            a { color: #1055c9; }
            a.btn { display: inline-block; padding: 10px 22px; border-radius: 6px; background: #1055c9; color: #ffffff; font-weight: 600; text-decoration: none; }
            @media (prefers-color-scheme: dark) {
              body { background: #1d1d1b; color: #eeeeea; }
              .page { background: #2b2b28; }
              a { color: #8db8ff; }
            }
          </style>
        </head>
        <body>
        <div class="page">

        """;

    private const string After = """

        </div>
        </body>
        </html>

        """;

    /// <summary>The whole document around a body.</summary>
    /// <param name="body">HTML.</param>
    /// <param name="language">Its language as a tag such as <c>de</c>.</param>
    public static string Around(string body, string language) => Before.Replace("{LANGUAGE}", WebUtility.HtmlEncode(language), StringComparison.Ordinal) + body + After;
}
