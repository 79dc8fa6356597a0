using System.Net;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Records.Forms;

/// <summary>
/// <c>@request.body.FIELD</c> is the value that the field is going to hold: a rule that forbids or demands a value cannot be passed, or missed, by writing the value in
/// another form. The verdicts of the tables are those that existing rules were written for.
/// </summary>
public sealed class BodyFormTests(NotesApp notes) : IClassFixture<NotesApp>
{
    /// <summary>A rule below <c>@request.body.</c>, and bodies with a tick or a cross in front.</summary>
    private static readonly (string Rule, string[] Bodies)[] Everywhere =
    [
        ("status != 'published'", ["-{'status':'published'}", "-{'status':['published']}", "-{'status':['draft','published']}", "-{'status':'[\\'published\\']'}", "+{'status':['published','draft']}", "+{'status':null}"]),
        ("status = 'published'", ["+{'status':['draft','published']}", "+{'status':'[\\'published\\']'}", "-{'status':['published','draft']}"]),
        ("ok != true", ["-{'ok':'true'}", "-{'ok':'True'}", "-{'ok':'t'}", "-{'ok':'1'}", "-{'ok':2}", "+{'ok':'x'}", "+{'ok':null}", "+{'ok':[]}"]),
        ("ok = false", ["+{'ok':null}", "+{'ok':''}", "+{'ok':'no'}", "-{'ok':'t'}", "-{}"]),
        ("ok > 0", ["+{'ok':'TRUE'}", "-{'ok':'x'}"]),
        ("owner != 'orgb00000000000'", ["-{'owner':['orgb00000000000']}", "-{'owner':['','orgb00000000000']}", "-{'owner':'[\\'orgb00000000000\\']'}", "+{'owner':['orgb00000000000','orga00000000000']}"]),
        ("owner = 'orga00000000000'", ["+{'owner':['orga00000000000']}", "+{'owner':['orgb00000000000','orga00000000000']}"]),
        ("owner.name = 'Bob'", ["+{'owner':['','orgb00000000000']}", "+{'owner':['orga00000000000','orgb00000000000']}", "-{'owner':['orgb00000000000','orga00000000000']}"]),
        ("owner.name != 'Bob'", ["-{'owner':'[\\'orgb00000000000\\']'}", "+{'owner':null}"]),
        ("os.name ?= 'Bob'", ["+{'os':'[\\'orga00000000000\\',\\'orgb00000000000\\']'}", "+{'os':'orgb00000000000'}", "-{'os':'orga00000000000'}"]),
        ("os = '[\\'orgb00000000000\\']'", ["+{'os':'orgb00000000000'}", "+{'os':['orgb00000000000']}", "+{'os':['','orgb00000000000','orgb00000000000']}"]),
        ("t != '5'", ["-{'t':5}", "-{'t':'5'}", "-{'t':5.0}", "+{'t':'5.0'}"]),
        ("t != 'true'", ["-{'t':true}", "-{'t':'true'}"]),
        ("t = ''", ["+{'t':[]}", "+{'t':{'x':1}}", "+{'t':null}"]),
        ("t:lower = 'true'", ["+{'t':true}", "+{'t':'TRUE'}"]),
        ("t ~ '5'", ["+{'t':15}", "-{'t':['5']}"]),
        ("e != '5'", ["-{'e':5}"]),
        ("n >= 5", ["+{'n':'5'}", "+{'n':7}", "-{'n':'x'}", "-{'n':''}", "-{'n':[]}", "-{'n':{}}", "-{'n':null}", "-{}"]),
        ("n <= 5", ["+{'n':'x'}", "+{'n':null}", "+{'n':[]}", "-{'n':'6'}"]),
        ("n = 0", ["+{'n':'x'}", "+{'n':null}", "+{'n':[]}", "-{}"]),
        ("n = 1", ["+{'n':true}", "-{'n':'yes'}"]),
        ("n ~ '1'", ["+{'n':true}", "+{'n':'12.0'}"]),
        ("d > @now", ["-{'d':'zzz'}", "-{'d':5}", "-{'d':null}", "+{'d':'9999-01-01'}"]),
        ("d != '2030-01-01 00:00:00.000Z'", ["-{'d':'2030-01-01'}", "-{'d':'2030-01-01T00:00:00Z'}", "+{'d':'2030-01-02'}"]),
        ("d = ''", ["+{'d':'zzz'}", "+{'d':[]}", "-{'d':'2030-01-01'}"]),
        ("j.role != 'admin'", ["-{'j':{'role':'admin'}}", "-{'j':'{\\'role\\':\\'admin\\'}'}", "+{'j':'{\\'role\\':\\'user\\'}'}"]),
        ("j.role:isset = false", ["-{'j':{'role':null}}", "-{'j':'{\\'role\\':1}'}", "+{'j':'{}'}"]),
        ("j.role:lower = 'admin'", ["+{'j':'{\\'role\\':\\'ADMIN\\'}'}"]),
        ("j = 'admin'", ["+{'j':'admin'}", "+{'j':'\\'admin\\''}", "-{'j':['admin']}"]),
        ("j = 5", ["+{'j':5}", "+{'j':'5'}", "+{'j':'5.0'}", "-{'j':'[5]'}"]),
        ("j = null", ["+{'j':null}", "+{'j':'null'}", "+{}", "-{'j':'{}'}"]),
        ("g = '{\\'lon\\':1,\\'lat\\':2}'", ["+{'g':{'lon':1,'lat':2}}", "+{'g':{'lat':2,'lon':1}}", "+{'g':'{\\'lat\\':2,\\'lon\\':1}'}"]),
        ("g.lat = 0", ["+{'g':null}", "+{'g':{'lon':1}}", "+{'g':'x'}", "-{'g':'{\\'lat\\':2,\\'lon\\':1}'}", "-{}"]),
        ("l = '[\\'a\\']'", ["+{'l':'a'}", "+{'l':['a','a','']}", "+{'l':'[\\'a\\']'}", "-{'l':[]}"]),
        ("l != ''", ["+{'l':null}", "+{'l':[]}", "-{}"]),
        ("l:each != 'b'", ["+{'l':'a'}", "-{'l':'[\\'a\\',\\'b\\']'}", "-{'l':['a','b']}"]),
        ("l:length = 2", ["+{'l':'[\\'a\\',\\'b\\']'}", "+{'l':['a','b','b']}", "-{'l':'a'}"]),
        ("l.0 = 'a'", ["+{'l':'a'}", "+{'l':['a','b']}", "-{'l':['b','a']}", "-{}"]),
        ("at:changed = false", ["+{'at':'2030-01-01'}", "+{}"]),
        ("h:isset = false", ["+{'h':'x'}"]),
        // Of nothing (the :lower of a field that was not sent is the empty text).
        ("t:lower !~ 'admin'", ["+{}", "+{'t':null}", "-{'t':'Admin'}"]),
        ("t:lower < 'b'", ["+{}"]),
        ("x:lower !~ 'admin'", ["-{}"]),
        ("l:each = ''", ["-{}", "-{'l':[]}", "-{'l':['a']}"]),
        ("l:each ?= null", ["-{}", "-{'l':[]}"]),
        ("l:each != ''", ["-{}", "-{'l':[]}", "+{'l':['a']}"]),
        ("l:each ?!= ''", ["+{}", "+{'l':[]}"]),
        ("status:each = ''", ["-{}", "-{'status':''}"]),
        ("status:each != ''", ["+{}", "+{'status':'draft'}"]),
        ("status:each !~ 'draft'", ["-{}", "-{'status':'draft'}", "+{'status':'published'}"]),
        ("owner.nothing = null", ["+{'owner':'orga00000000000'}"]),
        ("owner.notes_via_l.t = 'x'", ["-{'owner':'orga00000000000'}"]),
    ];

    /// <summary>The same where there is a stored note to be compared with.</summary>
    private static readonly (string Rule, string[] Bodies)[] OfUpdates =
    [
        ("status:changed = true", ["-{'status':['draft']}", "+{'status':['draft','published']}", "-{'status':'[\\'draft\\']'}", "-{}"]),
        ("n:changed = true", ["-{'n':'7'}", "-{'n':'7.0'}", "+{'n':'x'}"]),
        ("ok:changed = true", ["-{'ok':null}", "-{'ok':'x'}", "+{'ok':'t'}"]),
        ("d:changed = true", ["-{'d':'2024-01-01T00:00:00Z'}", "+{'d':'zzz'}"]),
        ("g:changed = true", ["-{'g':'{\\'lat\\':2,\\'lon\\':1}'}", "+{'g':{'lon':1}}"]),
        ("l:changed = true", ["-{'l':'a'}", "+{'l':null}"]),
        ("d = d", ["+{'d':'2024-01-01T00:00:00Z'}", "-{'d':'2024-01-02'}"]),
        ("n = n", ["+{'n':'7.0'}", "-{'n':8}"]),
        ("ok = ok", ["+{'ok':'x'}", "-{'ok':2}"]),
        ("owner = owner", ["+{'owner':['','orga00000000000']}"]),
        ("l = l", ["+{'l':'a'}", "+{'l':'[\\'a\\']'}"]),
        ("j.role = j.role", ["+{'j':'{\\'role\\':\\'user\\'}'}"]),
        // A key with a modifier is what the field makes of it.
        ("n = 8", ["+{'n+':1}", "+{'n+':'1'}", "+{'n':'9','n-':1}"]),
        ("n:isset = true", ["+{'n+':1}", "-{}"]),
        ("n:changed = true", ["+{'n+':1}", "-{'n+':'x'}"]),
        ("l = '[\\'a\\',\\'b\\']'", ["+{'l+':'b'}", "+{'l+':['b','a']}", "+{'l+':'[\\'b\\']'}"]),
        ("l = '[\\'b\\',\\'a\\']'", ["+{'+l':'b'}"]),
        ("l = '[]'", ["+{'l-':'a'}"]),
        ("status = 'published'", ["+{'status+':'published'}"]),
        ("status = ''", ["+{'status-':'draft'}"]),
        ("t:isset = true", ["-{'t+':'x'}"]),
        ("ok:isset = true", ["-{'ok+':true}"]),
        ("j:isset = true", ["-{'j+':1}"]),
    ];

    public static TheoryData<Door> Doors => new(Enum.GetValues<Door>());

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task An_update_rule_sees_what_will_be_stored(Door door)
    {
        var table = Everywhere.Concat(OfUpdates).ToArray();
        await JudgeAsync("update", table, door, notes.UpdatesAsync);
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public Task A_create_rule_sees_what_will_be_stored(Door door) => JudgeAsync("create", Everywhere, door, notes.CreatesAsync);

    private async Task JudgeAsync(string kind, (string Rule, string[] Bodies)[] table, Door door, Func<string, Door, int, Task<bool>> ask)
    {
        var wrong = new List<string>();
        // So that a rule stays within its limits.
        foreach (var part in table.Chunk(12))
        {
            await notes.RuleAsync(kind, NotesApp.OneOf(part.Select(one => "@request.body." + Json(one.Rule, '\''))));
            for (var i = 0; i < part.Length; i++)
            {
                foreach (var one in part[i].Bodies)
                {
                    var body = Json(one[1..], '"');
                    if (door is Door.UrlEncoded or Door.Multipart && !NotesApp.FitsForm(body)) continue;
                    if (await ask(body, door, i) != (one[0] == '+')) wrong.Add($"{part[i].Rule}: {one}");
                }
            }
        }
        wrong.ShouldBeEmpty();
    }

    // Single quotes outside, \' inside.
    private static string Json(string text, char quote) => text.Replace("\\'", "\u0001").Replace('\'', quote).Replace("\u0001", quote == '"' ? "\\\"" : "\"");

    [Theory]
    [InlineData("status", "published", "'published'", "['published']", "['draft','published']", "['published','draft']", "null", "''", "[]", "'[\\'published\\']'", "'draft'")]
    [InlineData("ok", "true", "true", "'true'", "'t'", "1", "2", "-1", "0", "false", "null", "'x'", "'TRUE'", "[]", "{}", "[true]")]
    [InlineData("owner", "orgb00000000000", "'orgb00000000000'", "['orgb00000000000']", "['','orgb00000000000']", "['orgb00000000000','orga00000000000']", "'orga00000000000'", "null", "[]", "{}", "'[\\'orgb00000000000\\']'")]
    [InlineData("n", "5", "5", "'5'", "'5.0'", "'05'", "5.0", "'x'", "0", "null", "true", "false", "'true'", "[]", "[5]", "{}", "'1e1'", "10", "-0.0", "'-0'")]
    [InlineData("d", "2030-01-01 00:00:00.000Z", "'2030-01-01'", "'2030-01-01T00:00:00Z'", "'2030-01-01 00:00:00'", "'2030-01-01 00:00:00.000Z'", "'zzz'", "''", "null", "5", "[]", "true", "'2030-01-01T01:00:00+01:00'")]
    [InlineData("t", "5", "5", "'5'", "5.0", "5e0", "'true'", "true", "''", "null", "[]", "['5']", "{}", "'A'", "'a'")]
    [InlineData("e", "5", "5", "'5'", "true", "'true'", "null", "[]")]
    [InlineData("u", "https://a.org/5", "'https://a.org/5'", "''", "null", "[]", "{}")]
    [InlineData("m", "a@b.org", "'a@b.org'", "''", "null", "[]", "{}")]
    [InlineData("j", "5", "5", "'5'", "5.0", "'5.0'", "'x'", "'\\'x\\''", "{'role':'5'}", "'{\\'role\\':\\'5\\'}'", "null", "'null'", "[]", "'[]'", "'true'", "true", "['5']", "'[\\'5\\']'")]
    [InlineData("l", "a", "'a'", "['a']", "['a','a']", "['','a']", "'[\\'a\\']'", "['a','b']", "'[\\'a\\',\\'b\\']'", "[]", "null", "''", "{}")]
    [InlineData("os", "orgb00000000000", "'orgb00000000000'", "['orgb00000000000']", "'[\\'orgb00000000000\\']'", "['orga00000000000','orgb00000000000']", "'[\\'orga00000000000\\',\\'orgb00000000000\\']'", "null", "[]", "''")]
    [InlineData("g", "1", "{'lon':1,'lat':2}", "{'lat':2,'lon':1}", "'{\\'lon\\':1,\\'lat\\':2}'", "{'lon':1.0,'lat':2.0,'x':3}", "null", "''", "{}", "[]", "{'lon':1}", "{'lon':1,'lat':0}")]
    public async Task Every_form_of_a_value_gets_the_verdict_of_the_value(string field, string other, params string[] forms)
    {
        string[] rules =
        [
            $"F = '{other}'", $"F != '{other}'", $"F > '{other}'", $"F <= {(other == "5" ? "5" : $"'{other}'")}", $"F ~ '{other}'", "F = ''", "F = null", "F = 0", "F = true", $"F:lower !~ '{other}'", "F:isset = true",
            "F:changed = true", "F = F", "F < t", $"F.role = '{other}'",
            .. (string[])(field is "l" or "os" or "status" or "owner" ? [$"F:each ?= '{other}'", $"F:each != '{other}'", "F:each != ''", "F:length > 1"] : []),
            .. (string[])(field is "owner" or "os" ? ["F.name ?= 'Bob'", "F.num > 1"] : []),
            .. (string[])(field == "g" ? ["F.lon = 1", "F.lat > 1"] : []),
        ];
        var rule = NotesApp.OneOf(rules.Select(one => $"@request.body.{one.Replace("= F", "= " + field).Replace("F", field)}"));
        await notes.RuleAsync("create", rule);
        await notes.RuleAsync("update", rule);
        var wrong = new List<string>();
        var known = new Dictionary<(string Stored, int Rule), (bool Create, bool Update, string Form)>();
        foreach (var form in forms.Select(one => Json(one, '"')))
        {
            var body = $$"""{"{{field}}":{{form}}}""";
            var made = await notes.MustAsync("POST", "/api/collections/notes/records", JsonElement.Parse(body));
            var stored = made.Body.GetProperty(field).GetRawText();
            for (var i = 0; i < rules.Length; i++)
            {
                // What is asked of the stored note differs, so that is asked there; the other rules are the same question twice.
                var isOfStored = rules[i] is "F = F" or "F < t" or "F:changed = true";
                var verdict = (Create: !isOfStored && await notes.CreatesAsync(body, rule: i), Update: isOfStored && await notes.UpdatesAsync(body, rule: i), form);
                var first = known.TryGetValue((stored, i), out var before) ? before : known[(stored, i)] = verdict;
                if ((verdict.Create, verdict.Update) != (first.Create, first.Update)) wrong.Add($"{rules[i]}: {form} is stored as {stored} like {first.Form}: {(verdict.Create, verdict.Update)}, {(first.Create, first.Update)}");
            }
        }
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task Uploads_are_objects_with_a_name_and_a_size()
    {
        string[] rules =
        [
            "f ~ 'one'", "f.size = 5", "f.originalName = 'one.txt'", "f.name ~ 'one'", "f:isset = true", "f:changed = true", "f:length = 1", "fs:length = 2", "fs.0.size = 5", "fs.1.originalName = 'two.txt'",
            "fs:each ~ 'txt'", "fs:changed = true",
        ];
        string[] refused = ["f = ''", "f.size > 5", "f.0.size = 5", "fs:length = 1", "fs:each ~ 'one'", "f:isset = false"];
        await notes.RuleAsync("create", NotesApp.OneOf(rules.Concat(refused).Select(rule => "@request.body." + rule)));
        for (var i = 0; i < rules.Length + refused.Length; i++)
        {
            using var form = new MultipartFormDataContent { { new StringContent("hello"), "f", "one.txt" }, { new StringContent("hello"), "fs", "one.txt" }, { new StringContent("world"), "fs", "two.txt" } };
            var answer = await notes.App.SendAsync("POST", "/api/collections/notes/records", form, notes.Ann, ("X-Case", $"{i}"));
            (answer.Status == HttpStatusCode.OK).ShouldBe(i < rules.Length, rules.Concat(refused).ElementAt(i));
        }
    }
}
