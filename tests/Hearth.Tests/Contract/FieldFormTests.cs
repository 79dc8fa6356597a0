using System.Net;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Contract;

/// <summary>What fields take, refuse and keep, as the reference answered.</summary>
public sealed class FieldFormTests(FieldFormTests.Forms shared) : IClassFixture<FieldFormTests.Forms>
{
    [Theory]
    [InlineData("example.org")]
    [InlineData("www.example.org/x")]
    [InlineData("x.org/")]
    [InlineData("x.org?x")]
    [InlineData("x.org:80/p?q#f")]
    [InlineData("localhost:8090")]
    [InlineData("1.2.3.4")]
    [InlineData("1.2.3.4:80")]
    [InlineData("[::1]")]
    [InlineData("mailto:a@b.c")]
    [InlineData("x@y.org")]
    [InlineData("http://x.org:99999")]
    [InlineData("http://a@b@c.org")]
    [InlineData("tcp://x.org:1")]
    [InlineData("http://x")]
    [InlineData("http://x_y.org")]
    [InlineData("http://user:pw@x.org/")]
    [InlineData("http://日本.jp")]
    [InlineData("http://x.org/?%zz")]
    [InlineData("http://x.org/<>")]
    [InlineData("http://[fe80::1%25en0]/")]
    [InlineData("https://x.org.")]
    public async Task Good_addresses_of_the_web(string url) => (await StoreAsync("url", JsonSerializer.SerializeToElement(url))).ShouldBe(url);

    [Theory]
    [InlineData("localhost")]
    [InlineData("custom://x")]
    [InlineData("irc://x.org")]
    [InlineData("ssh://x.org")]
    [InlineData("git://x.org")]
    [InlineData("HTTP://X.ORG")]
    [InlineData("http://-x.org")]
    [InlineData("http://x-.org")]
    [InlineData("http://256.1.1.1")]
    [InlineData("http://01.2.3.4")]
    [InlineData("http://1.2.3")]
    [InlineData("http://x.123")]
    [InlineData("http://x.c1")]
    [InlineData("http://x.org/%zz")]
    [InlineData("http://x.org:")]
    [InlineData("http://x.org:123456")]
    [InlineData("http://x..org")]
    [InlineData("http://x.org/a b")]
    [InlineData("//x.org")]
    [InlineData("a.b")]
    [InlineData("foo:bar")]
    [InlineData("data:text/plain,x")]
    // Taken by the reference: refused here, because pages put such texts into links.
    [InlineData("javascript:1")]
    [InlineData("JavaScript:alert(1)@x.org")]
    public async Task No_addresses_of_the_web(string url) => (await StoreAsync("url", JsonSerializer.SerializeToElement(url))).ShouldBe("validation_invalid_url");

    [Theory]
    [InlineData("only", "https://good.org/x", "https://good.org/x")]
    [InlineData("only", "good.org/x", "validation_url_domain_not_allowed")]
    [InlineData("only", "https://bad.org", "validation_url_domain_not_allowed")]
    [InlineData("but", "https://bad.org", "validation_url_domain_not_allowed")]
    [InlineData("but", "bad.org", "validation_url_domain_not_allowed")]
    [InlineData("but", "good.org", "good.org")]
    public async Task Domains(string field, string url, string expected) => (await StoreAsync(field, JsonSerializer.SerializeToElement(url))).ShouldBe(expected);

    [Theory]
    [InlineData("a@x_y.org", true)]
    [InlineData("a@x.org.", true)]
    [InlineData("a@b_c.d_e.org", true)]
    [InlineData("a@日本.jp", true)]
    [InlineData("a@1.2.3.4", false)]
    [InlineData("a@x.123", false)]
    [InlineData("a@x.c1", false)]
    [InlineData("a@x.1c", false)]
    [InlineData("a@_x.org", false)]
    [InlineData("a@x_.org", false)]
    [InlineData("a@b", false)]
    [InlineData("a@x..org", false)]
    public async Task Mail_addresses(string mail, bool good) => (await StoreAsync("mail", JsonSerializer.SerializeToElement(mail))).ShouldBe(good ? mail : "validation_is_email");

    [Theory]
    [InlineData("Wed Jan 31 10:00:00 +0000 2024", "2024-01-31 10:00:00.000Z")]
    [InlineData("2024-01-31 10:00:00 +0000 UTC", "2024-01-31 10:00:00.000Z")]
    [InlineData("2024-01-31 10:00:00 +0200 CEST", "2024-01-31 08:00:00.000Z")]
    [InlineData("2024-01-31 10:11:12.123 +0000 UTC", "2024-01-31 10:11:12.123Z")]
    [InlineData("Wed, 31 Jan 2024 10:00:00 UTC", "2024-01-31 10:00:00.000Z")]
    [InlineData("Wed, 31 Jan 2024 10:00:00 CET", "2024-01-31 10:00:00.000Z")]
    [InlineData("Thu, 31 Jan 2024 10:00:00 GMT", "2024-01-31 10:00:00.000Z")]
    [InlineData("Wed, 31 Jan 2024 10:00:00 +0200", "2024-01-31 08:00:00.000Z")]
    [InlineData("Wednesday, 31-Jan-24 10:00:00 UTC", "2024-01-31 10:00:00.000Z")]
    [InlineData("Wed Jan 31 10:00:00 UTC 2024", "2024-01-31 10:00:00.000Z")]
    [InlineData("wed jan  1 10:00:00 2024", "2024-01-01 10:00:00.000Z")]
    [InlineData("31 Jan 24 10:00 UTC", "2024-01-31 10:00:00.000Z")]
    [InlineData("31 Jan 24 10:00 +0100", "2024-01-31 09:00:00.000Z")]
    [InlineData("31 Jan 2024", "2024-01-31 00:00:00.000Z")]
    [InlineData("31 Feb 2024", "")]
    [InlineData("0001-01-01T00:00:00Z", "")]
    [InlineData("0001-01-01 00:00:00.000Z", "")]
    [InlineData("0001-01-01", "")]
    [InlineData("0001-01-01 00:00:01Z", "0001-01-01 00:00:01.000Z")]
    // A day that could be a month is not guessed.
    [InlineData("01/31/2024", "")]
    [InlineData("1/2/2024", "")]
    public async Task Dates(string sent, string expected) => (await StoreAsync("date", JsonSerializer.SerializeToElement(sent))).ShouldBe(expected);

    [Theory]
    [InlineData("number", "1234567890123456789", "1234567890123456800")]
    [InlineData("number", "1e17", "100000000000000000")]
    [InlineData("number", "1e20", "100000000000000000000")]
    [InlineData("number", "-1e21", "-1e+21")]
    [InlineData("number", "0.00001", "0.00001")]
    [InlineData("number", "0.000001", "0.000001")]
    [InlineData("number", "1.5e-7", "1.5e-7")]
    [InlineData("number", "123456.789e3", "123456789")]
    [InlineData("number", "\"1_000\"", "1000")]
    [InlineData("number", "\"1__0\"", "0")]
    [InlineData("number", "\"1e400\"", "0")]
    [InlineData("number", "\"inf\"", "validation_not_a_number")]
    [InlineData("number", "\"-Infinity\"", "validation_not_a_number")]
    [InlineData("whole", "1e19", "validation_only_int_constraint")]
    [InlineData("whole", "1e18", "1000000000000000000")]
    [InlineData("json", "1234567890123456789", "1234567890123456800")]
    [InlineData("json", "1e17", "100000000000000000")]
    [InlineData("json", "0.00001", "0.00001")]
    [InlineData("json", "1e21", "1e+21")]
    [InlineData("json", "1e-7", "1e-7")]
    public async Task Numbers(string field, string sent, string expected)
    {
        (await StoreAsync(field, JsonElement.Parse(sent))).ShouldBe(expected);
        if (expected.StartsWith("validation", StringComparison.Ordinal)) return;
        var list = await shared.App.GetAsync("/api/collections/forms/records?sort=-@rowid&perPage=1", shared.Root);
        list.Body.GetProperty("items")[0].GetProperty(field).GetRawText().ShouldBe(expected);
    }

    [Theory]
    [InlineData("text = @year", true)]
    [InlineData("text ?= @year", true)]
    [InlineData("text != @year", false)]
    [InlineData("text > @year", false)]
    [InlineData("date > @year", true)]
    [InlineData("text = 2026", false)]
    public async Task Whole_macros_beside_texts(string filter, bool found)
    {
        var year = TimeProvider.System.GetUtcNow().Year.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var id = (await shared.App.CreateAsync("forms", new { text = year, date = $"{year}-06-01 00:00:00.000Z" })).Id;
        var list = await shared.App.GetAsync($"/api/collections/forms/records?filter={Uri.EscapeDataString($"id = '{id}' && {filter.Replace("2026", year, StringComparison.Ordinal)}")}", shared.Root);
        list.Body.GetProperty("totalItems").GetInt32().ShouldBe(found ? 1 : 0);
    }

    /// <summary>The value as it stands in the answer, or the code of the fault.</summary>
    private async Task<string> StoreAsync(string field, JsonElement value)
    {
        var answer = await shared.App.SendAsync("POST", "/api/collections/forms/records", new Dictionary<string, JsonElement> { [field] = value }, shared.Root);
        if (answer.Status != HttpStatusCode.OK) return answer.Body.GetProperty("data").GetProperty(field).GetProperty("code").GetString() ?? "";
        var stored = answer.Body.GetProperty(field);
        return stored.ValueKind == JsonValueKind.String ? stored.GetString()! : stored.GetRawText();
    }

    public sealed class Forms : SharedApp
    {
        protected override async Task FillAsync(TestApp app)
        {
            var made = await app.SendAsync("POST", "/api/collections", JsonElement.Parse(
                """
                {"name":"forms","fields":[{"name":"url","type":"url"},{"name":"only","type":"url","onlyDomains":["good.org"]},{"name":"but","type":"url","exceptDomains":["bad.org"]},
                {"name":"mail","type":"email"},{"name":"date","type":"date"},{"name":"number","type":"number"},{"name":"whole","type":"number","onlyInt":true},{"name":"text","type":"text"},{"name":"json","type":"json"}]}
                """), Root);
            made.Status.ShouldBe(HttpStatusCode.OK, made.Text);
        }
    }
}
