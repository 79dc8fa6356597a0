using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shouldly;

namespace Hearth.Tests.Records.Forms;

/// <summary>How a body comes in.</summary>
public enum Door
{
    Json,
    Batch,
    Upsert,
    UrlEncoded,
    Multipart,
    JsonPayload,
}

/// <summary>An app with a note that has a field of every type, and an account that asks.</summary>
public sealed class NotesApp : SharedApp
{
    public const string Note = "note00000000000";

    private const string Collections = """
        [
          {"name":"orgs","type":"base","id":"orgs0000000000","listRule":"","viewRule":"","fields":[{"name":"name","type":"text"},{"name":"num","type":"number"}]},
          {"name":"notes","type":"base","id":"notes000000000","listRule":"","viewRule":"","createRule":"","updateRule":"","deleteRule":"","fields":[
            {"name":"status","type":"select","maxSelect":1,"values":["draft","published"]},
            {"name":"ok","type":"bool"},
            {"name":"owner","type":"relation","collectionId":"orgs0000000000","maxSelect":1},
            {"name":"n","type":"number"},
            {"name":"d","type":"date"},
            {"name":"t","type":"text"},
            {"name":"e","type":"editor"},
            {"name":"u","type":"url"},
            {"name":"m","type":"email"},
            {"name":"j","type":"json"},
            {"name":"l","type":"select","maxSelect":3,"values":["a","b","c"]},
            {"name":"os","type":"relation","collectionId":"orgs0000000000","maxSelect":5},
            {"name":"g","type":"geoPoint"},
            {"name":"f","type":"file","maxSelect":1},
            {"name":"fs","type":"file","maxSelect":5},
            {"name":"h","type":"text","hidden":true},
            {"name":"pw","type":"password"},
            {"name":"at","type":"autodate","onCreate":true}]}
        ]
        """;

    public static readonly JsonElement Stored = JsonElement.Parse(
        """{"status":"draft","ok":false,"owner":"orga00000000000","n":7,"d":"2024-01-01 00:00:00.000Z","t":"Abc","e":"x","u":"https://c.org","m":"c@d.org","j":{"role":"user","n":5},"l":["a"],"os":["orga00000000000"],"g":{"lon":1,"lat":2}}""");

    private readonly Dictionary<string, string?> rules = [];

    /// <summary>The token of the account that asks.</summary>
    public string Ann { get; private set; } = "";

    public string AnnId { get; private set; } = "";

    protected override async Task FillAsync(TestApp app)
    {
        await MustAsync("PUT", "/api/collections/import", new { collections = JsonElement.Parse(Collections) });
        await MustAsync("PATCH", "/api/settings", new { batch = new { enabled = true, maxRequests = 50, timeout = 30 } });
        await MustAsync("POST", "/api/collections/orgs/records", new { id = "orga00000000000", name = "Ann", num = 1 });
        await MustAsync("POST", "/api/collections/orgs/records", new { id = "orgb00000000000", name = "Bob", num = 2 });
        var note = JsonNode.Parse(Stored.GetRawText())!;
        note["id"] = Note;
        await MustAsync("POST", "/api/collections/notes/records", note);
        var users = JsonNode.Parse((await app.GetAsync("/api/collections/users", Root)).Text)!["fields"]!.AsArray();
        users.Add(JsonNode.Parse("""{"name":"lvl","type":"number"}"""));
        await MustAsync("PATCH", "/api/collections/users", new { fields = users });
        var ann = await app.CreateAsync("users", new { email = "ann@example.com", password = "moss-lamp-57", lvl = 3 });
        (AnnId, Ann) = (ann.Id, app.TokenOf(ann));
    }

    public async Task<Answer> MustAsync(string method, string path, object body)
    {
        var answer = await App.SendAsync(method, path, body, Root);
        ((int)answer.Status).ShouldBeInRange(200, 299, $"{method} {path}\n{answer.Text}");
        return answer;
    }

    /// <summary>Sets a rule, unless it is so already.</summary>
    public async Task RuleAsync(string kind, string? rule, string collection = "notes")
    {
        if (rules.TryGetValue(collection + kind, out var set) && set == rule) return;
        await MustAsync("PATCH", $"/api/collections/{collection}", new Dictionary<string, string?> { [kind + "Rule"] = rule });
        rules[collection + kind] = rule;
    }

    /// <summary>Several rules as one: which is asked stands in the header <c>X-Case</c>.</summary>
    public static string OneOf(IEnumerable<string> rules) => string.Join(" || ", rules.Select((rule, i) => $"@request.headers.x_case = \"{i}\" && ({rule})"));

    /// <summary>Whether the update rule lets the note be changed so; the note is then put back.</summary>
    public async Task<bool> UpdatesAsync(string body, Door door = Door.Json, int rule = 0)
    {
        var answer = await SendAsync("PATCH", $"/api/collections/notes/records/{Note}", body, door, rule);
        answer.Status.ShouldBeOneOf([HttpStatusCode.OK, HttpStatusCode.NotFound], $"{door} {body}\n{answer.Text}");
        if (answer.Status == HttpStatusCode.OK) await MustAsync("PATCH", $"/api/collections/notes/records/{Note}", Stored);
        return answer.Status == HttpStatusCode.OK;
    }

    /// <summary>Whether the create rule lets such a note be made.</summary>
    public async Task<bool> CreatesAsync(string body, Door door = Door.Json, int rule = 0)
    {
        var answer = await SendAsync("POST", "/api/collections/notes/records", body, door, rule);
        if (answer.Status == HttpStatusCode.OK) return true;
        (answer.Status, answer.Body.GetProperty("data").EnumerateObject().Count()).ShouldBe((HttpStatusCode.BadRequest, 0), $"{door} {body}\n{answer.Text}");
        return false;
    }

    /// <summary>Sends a body through a door; of a batch the answer to its one item.</summary>
    public async Task<Answer> SendAsync(string method, string path, string body, Door door, int rule = 0, string? token = null)
    {
        (string, string)[] headers = [("X-Case", rule.ToString(System.Globalization.CultureInfo.InvariantCulture))];
        token ??= Ann;
        switch (door)
        {
            case Door.Json:
                return await App.SendAsync(method, path, JsonElement.Parse(body), token, headers);
            case Door.Batch or Door.Upsert:
                var (verb, url, item) = door == Door.Batch ? (method, path, JsonNode.Parse(body)) : ("PUT", path.Replace("/" + Note, ""), JsonNode.Parse(body));
                if (door == Door.Upsert && method == "PATCH") item!["id"] = Note;
                var answer = await App.SendAsync("POST", "/api/batch", new { requests = new[] { new { method = verb, url, body = item } } }, token, headers);
                if (answer.Status == HttpStatusCode.OK) return answer;
                var response = answer.Body.GetProperty("data").GetProperty("requests").GetProperty("0").GetProperty("response");
                return answer with { Status = (HttpStatusCode)response.GetProperty("status").GetInt32(), Body = response };
            case Door.JsonPayload:
                return await App.SendAsync(method, path, new MultipartFormDataContent { { new StringContent(body), "@jsonPayload" } }, token, headers);
            case Door.UrlEncoded:
                return await App.SendAsync(method, path, new FormUrlEncodedContent(Pairs(body)), token, headers);
            default:
                var form = new MultipartFormDataContent();
                foreach (var (name, text) in Pairs(body)) form.Add(new StringContent(text), name);
                return await App.SendAsync(method, path, form, token, headers);
        }
    }

    /// <summary>Whether a form can say the same: it has texts and repeated keys only, and knows one way to write a number.</summary>
    public static bool FitsForm(string body) => body != "{}" && !body.Contains(".0", StringComparison.Ordinal) && JsonElement.Parse(body).EnumerateObject().All(pair => pair.Value.ValueKind switch
    {
        JsonValueKind.Array => pair.Value.GetArrayLength() > 1 && pair.Value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String),
        JsonValueKind.Null or JsonValueKind.Object => false,
        _ => true,
    });

    private static IEnumerable<KeyValuePair<string, string>> Pairs(string body) => JsonElement.Parse(body).EnumerateObject().SelectMany(pair =>
        (pair.Value.ValueKind == JsonValueKind.Array ? pair.Value.EnumerateArray() : Enumerable.Repeat(pair.Value, 1))
        .Select(item => KeyValuePair.Create(pair.Name, item.ValueKind == JsonValueKind.String ? item.GetString()! : item.GetRawText())));
}
