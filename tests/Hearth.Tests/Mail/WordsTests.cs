using System.Text;
using System.Text.RegularExpressions;
using Hearth.Resources.Mail;
using Hearth.Resources.Mail.Templates;
using Hearth.Schema;
using MimeKit;
using Shouldly;
using Xunit;
using Record = Hearth.Records.Record;

namespace Hearth.Tests.Mail;

/// <summary>Words of mails: headers that nobody can break out of, placeholders, plain text, languages.</summary>
[RunsOnce]
public sealed partial class WordsTests
{
    private static readonly string[] Pieces =
    [
        "\r\n", "\n", "\r", "\r\n ", "\u0085", "\u2028", "\u2029", "\0", "\u000B", "\u000C", "\u007F", "\uD800", "\uDC00", "\uFFFD", "Bcc: victim@example.com", "Subject: other", ":", ";", ",", "<", ">",
        "\"", "\\", "(", ")", "@", "=?utf-8?B?DQpCY2M6IHhAeS56?=", "=?utf-8?Q?=0D=0ABcc:_x@y.z?=", "?=", "ü", "🔥", "漢字", " ", "a", "{TOKEN}", ".\r\n", "\r\n.\r\n", "--", "Content-Type: text/html",
    ];

    [Fact]
    public void No_text_begins_a_header_of_its_own()
    {
        var random = new Random(20);
        for (var round = 0; round < 3000; round++)
        {
            var (subject, sender, body) = (Text(random), Text(random), Text(random));
            var to = MailAddress.TryParse("ann@example.com", out var parsed) ? parsed : null;
            using var mime = MimeText.Of(new MailMessage(to!, subject, $"<p>{body}</p>"), to!, sender, Text(random), DateTimeOffset.UnixEpoch);
            mime.Prepare(EncodingConstraint.SevenBit);
            using var written = new MemoryStream();
            mime.WriteTo(written);
            var raw = Encoding.Latin1.GetString(written.ToArray()).ReplaceLineEndings("\r\n");
            var header = raw[..raw.IndexOf("\r\n\r\n", StringComparison.Ordinal)];
            HeaderName().Matches(header).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal)
                .ShouldBe(["Auto-Submitted", "Content-Type", "Date", "From", "MIME-Version", "Message-Id", "Subject", "To"]);
            raw.Split("\r\n").Where(line => line.Length > 998 || line.Any(c => c is not ('\t' or (>= ' ' and <= '~')))).ShouldBeEmpty();

            written.Position = 0;
            using var read = MimeMessage.Load(written);
            (read.To.ToString(), read.From.Mailboxes.Single().Address, read.Bcc.Count, read.Cc.Count).ShouldBe(("ann@example.com", "ann@example.com", 0, 0));
            (read.Subject ?? "").ShouldNotContain("\n");
        }
    }

    [Fact]
    public void Addresses_are_plain_or_none()
    {
        foreach (var good in (string[])["a@b.cd", "ann.o'neil+tag@mail.example.com", "jürgen@bücher.example", $"{new string('a', 64)}@example.com"]) MailAddress.TryParse(good, out _).ShouldBeTrue(good);
        foreach (var bad in (string[])["", "a", "a@b", "@b.cd", "a@.cd", "a b@c.de", "a@b.cd\n", "a@b.cd\r\nBcc: x@y.z", "<a@b.cd>", "a@b.cd,c@d.ef", "\"a b\"@c.de", "a@b.cd\0", "a..b@c.de", "a@[127.0.0.1]", $"{new string('a', 65)}@example.com", $"a@{new string('b', 250)}.de"])
        {
            MailAddress.TryParse(bad, out _).ShouldBeFalse(bad);
        }
        var random = new Random(21);
        for (var round = 0; round < 5000; round++)
        {
            var text = Text(random) + "@" + Text(random) + ".de";
            if (MailAddress.TryParse(text, out var address)) address.Text.ShouldAllBe(c => !char.IsControl(c) && !char.IsWhiteSpace(c) && !"<>(),;:\"\\".Contains(c));
        }
    }

    [Fact]
    public void Placeholders_are_filled_in_one_pass_and_hidden_fields_stay_closed()
    {
        var record = Example("""<b>"{TOKEN}" & {RECORD:email}</b>""", "");
        var (subject, body) = TemplateText.Fill(
            new MailTemplate("{RECORD:name} {APP_NAME}", "{RECORD:name}|{RECORD:secret}|{RECORD:tokenKey}|{RECORD:password}|{RECORD:n}|{RECORD:ok}|{RECORD:tags}|{RECORD:at}|{RECORD:nope}|{TOKEN}|{OTP}|{ TOKEN }"),
            new Dictionary<string, string> { ["TOKEN"] = "t", ["APP_NAME"] = "A & B" },
            record);
        subject.ShouldBe("""<b>"{TOKEN}" & {RECORD:email}</b> A & B""");
        body.ShouldBe("&lt;b&gt;&quot;{TOKEN}&quot; &amp; {RECORD:email}&lt;/b&gt;|{RECORD:secret}|{RECORD:tokenKey}|{RECORD:password}|1.5|true|x, &lt;y&gt;|2026-01-02 03:04:05.000Z|{RECORD:nope}|t|{OTP}|{ TOKEN }");
    }

    [Theory]
    [InlineData("", "", "en")]
    [InlineData("", "fr", "en")]
    [InlineData("", "de", "de")]
    [InlineData("", "de-CH-1996, fr;q=0.9", "de")]
    [InlineData("", "fr;q=0.9, pt-br;q=0.8, de;q=0.7", "pt-BR")]
    [InlineData("", "de;q=0, pt-BR;q=0.1", "pt-BR")]
    [InlineData("", "en-US, *;q=0.5", "en")]
    [InlineData("", ";;;q=,", "en")]
    [InlineData("pt-BR", "de", "pt-BR")]
    [InlineData("fr", "de", "de")]
    [InlineData("../../x", "", "en")]
    public void The_reader_s_language_is_chosen(string own, string asked, string tag)
    {
        var template = new MailTemplate("plain", "x") { Languages = new Dictionary<string, MailTemplate> { ["de"] = new("deutsch", "x"), ["pt-BR"] = new("português", "x") } };
        LanguageChoice.Of(template, Example("", own), asked).Tag.ShouldBe(tag);
    }

    [Theory]
    [InlineData("<p>a</p><p>b</p>", "a\n\nb\n")]
    [InlineData("<style>p{}</style><script>x</script><h1>T</h1>a<br>b &amp; c<hr>d", "T\n\na\nb & c\n\n---\n\nd\n")]
    [InlineData("<ul><li>one</li><li>two <b>and</b>\n more</li></ul>", "- one\n- two and more\n")]
    [InlineData("<a href=\"https://x.example/\">https://x.example/</a> <a href='mailto:a@b.cd'>a@b.cd</a> <a>none</a> <img alt=\"picture\">", "https://x.example/ a@b.cd none picture\n")]
    [InlineData("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "ab\nc\n")]
    [InlineData("no tags", "no tags\n")]
    [InlineData("<p>a</p><div><div><p></p></div></div><p>b", "a\n\nb\n")]
    public void Plain_text_is_made_from_html(string html, string text) => PlainText.Of(html).ShouldBe(text);

    private static Record Example(string name, string language)
    {
        var collection = new Collection
        {
            Id = "people",
            Name = "people",
            Type = CollectionType.Auth,
            Fields =
            [
                new TextField { Name = "id", PrimaryKey = true }, new TextField { Name = "name" }, new TextField { Name = "secret", Hidden = true }, new TextField { Name = "tokenKey" }, new PasswordField { Name = "password" },
                new NumberField { Name = "n" }, new BoolField { Name = "ok" }, new SelectField { Name = "tags", Values = ["x", "<y>"], MaxSelect = 2 }, new DateField { Name = "at" }, new TextField { Name = "language" },
            ],
        };
        var record = Record.New(collection);
        record.Set("name", name);
        record.Set("secret", "hidden");
        record.Set("tokenKey", "hidden");
        record.Set("n", 1.5);
        record.Set("ok", true);
        record.Set("tags", ["x", "<y>"]);
        record.Set("at", "2026-01-02 03:04:05.000Z");
        record.Set("language", language);
        return record;
    }

    private static string Text(Random random) => string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => Pieces[random.Next(Pieces.Length)]));

    [GeneratedRegex(@"(?:^|\r\n)([^\s:]+):")]
    private static partial Regex HeaderName();
}
