using Hearth.App;
using Hearth.Basics;
using Hearth.Schema;

namespace Hearth.Tests.Moving;

/// <summary>A small world with everything in it: each field type with odd values, hidden fields, relations both ways, accounts, views, indexes.</summary>
internal static class Library
{
    public const string Email = "ann@example.org";
    public const string Password = "long enough 1";

    private const string Collections = """
        [
          {"name":"shelves","id":"shelves0000000","type":"base","listRule":"","fields":[
            {"name":"Title","type":"text"},
            {"name":"above","type":"relation","collectionId":"shelves0000000","maxSelect":1}]},
          {"name":"books","id":"books000000000","type":"base","listRule":"title != ''","viewRule":"","fields":[
            {"name":"title","type":"text"},{"name":"secret","type":"text","hidden":true},{"name":"body","type":"editor"},
            {"name":"n","type":"number"},{"name":"ok","type":"bool"},{"name":"mail","type":"email"},{"name":"url","type":"url"},{"name":"day","type":"date"},
            {"name":"kind","type":"select","values":["a","b c","d,\"e\""],"maxSelect":1},{"name":"kinds","type":"select","values":["a","b c","d,\"e\""],"maxSelect":3},
            {"name":"shelf","type":"relation","collectionId":"shelves0000000","maxSelect":1},{"name":"shelves","type":"relation","collectionId":"shelves0000000","maxSelect":9},
            {"name":"cover","type":"file","maxSelect":1},{"name":"pages","type":"file","maxSelect":9},
            {"name":"meta","type":"json"},{"name":"place","type":"geoPoint"},
            {"name":"made","type":"autodate","onCreate":true},{"name":"changed","type":"autodate","onCreate":true,"onUpdate":true}],
            "indexes":["CREATE UNIQUE INDEX idx_books_title ON books (title COLLATE NOCASE) WHERE title != ''","CREATE INDEX idx_books_n ON books (n DESC, day)"]},
          {"name":"people","type":"auth","fields":[{"name":"likes","type":"relation","collectionId":"books000000000","maxSelect":9}]},
          {"name":"shelfSizes","type":"view","viewQuery":"SELECT shelves.id, shelves.Title AS label, COUNT(books.id) AS size FROM shelves LEFT JOIN books ON books.shelf = shelves.id GROUP BY shelves.id, shelves.Title"},
          {"name":"fullShelves","type":"view","viewQuery":"SELECT id, label FROM shelfSizes WHERE size > 0"}
        ]
        """;

    private static readonly string[] Books =
    [
        "{}",
        """{"title":"Zebra","n":1,"ok":true,"mail":"a@example.org","url":"https://example.org/?a=b&c=d","day":"2026-01-31 10:11:12.345Z","kind":"a","kinds":["a","b c"],"meta":{"a":[1,null,"x"]},"place":{"lon":-122.37,"lat":37.62},"secret":"hidden"}""",
        """{"title":"comma, \"quote\"\r\nand line","body":"<p> spaces </p>","n":-0.1,"kind":"d,\"e\"","kinds":["d,\"e\"","a"],"meta":"plain text"}""",
        """{"title":"0012","n":12345678.9012345,"meta":5}""",
        """{"title":"ümlaut ə́ 日本 🔥 \u0001\t\u007f\ufeff","n":1e21,"meta":"5"}""",
        """{"title":"true","n":9007199254740991,"meta":true}""",
        """{"n":-1.5e-7,"meta":1.5e300}""",
        """{"n":5e-324,"meta":-9007199254740993}""",
        """{"n":1.7976931348623157e308,"meta":{"z":1,"a":{"b":[[],{},[{"k":" "}]]},"\u00fc":"\\u0000 \\ / \" \n"}}""",
        """{"title":"[\"not\",\"a list\"]","meta":""}""",
        """{"title":"{\"a\":1}","meta":[]}""",
        """{"title":"a","meta":100000000000000000}""",
    ];

    /// <summary>Fills an app.</summary>
    public static async Task FillAsync(HearthApp app)
    {
        await MoveWorld.DefineAsync(app, Collections);
        var low = await MoveWorld.AddAsync(app, "shelves", """{"id":"zzzzzzzzzzzzzzz","Title":"Low"}""");
        var gone = await MoveWorld.AddAsync(app, "shelves", """{"Title":"Gone"}""");
        await MoveWorld.AddAsync(app, "shelves", $$"""{"id":"aaaaaaaaaaaaaaa","Title":"High","above":"{{low.Id}}"}""");
        (await app.Records.DeleteAsync(app.Schema, app.Schema.Find("shelves")!, gone.Id, Hearth.Planning.RequestFacts.None)).Failed(out var fault);
        if (fault is not null) throw new InvalidOperationException(fault.Message);
        await MoveWorld.AddAsync(app, "shelves", """{"id":"mmmmmmmmmmmmmmm","Title":"Middle","above":"aaaaaaaaaaaaaaa"}""");
        foreach (var book in Books) await MoveWorld.AddAsync(app, "books", book);
        var read = await MoveWorld.AddAsync(app, "books", $$"""{"title":"has all","shelf":"{{low.Id}}","shelves":["mmmmmmmmmmmmmmm","{{low.Id}}"]}""");
        // Files are stored by their name; here only the names are of interest.
        await MoveWorld.InsertAsync(app, "books", [RowOf(app.Schema.Find("books")!, ("id", FieldValue.Text("withfiles000000")), ("cover", FieldValue.Text("cover_x1.png")), ("pages", FieldValue.List(["1_a.png", "2 \"b\".png"])))]);
        var ann = await MoveWorld.AddAsync(app, "people", $$"""{"email":"{{Email}}","password":"{{Password}}","likes":["{{read.Id}}"],"emailVisibility":false,"verified":true}""");
        await MoveWorld.AddAsync(app, "_superusers", $$"""{"email":"root@example.org","password":"{{Password}}"}""");
        await MoveWorld.AddAsync(app, "_externalAuths", $$"""{"collectionRef":"{{ann.Collection.Id}}","recordRef":"{{ann.Id}}","provider":"google","providerId":"7"}""");
        await MoveWorld.AddAsync(app, "_otps", $$"""{"collectionRef":"{{ann.Collection.Id}}","recordRef":"{{ann.Id}}","password":"12345678","sentTo":"{{Email}}"}""");
        await MoveWorld.AddAsync(app, "_authOrigins", $$"""{"collectionRef":"{{ann.Collection.Id}}","recordRef":"{{ann.Id}}","fingerprint":"f"}""");
        await app.Settings.ChangeAsync(settings => settings with { Meta = settings.Meta with { AppName = "The library of Ann" } }, default);
    }

    /// <summary>A row of zero values but for some.</summary>
    public static FieldValue[] RowOf(Collection collection, params ReadOnlySpan<(string Name, FieldValue Value)> set)
    {
        var row = collection.Fields.Select(field => field.Zero).ToArray();
        row[collection.OrdinalOf("id")] = FieldValue.Text(RandomText.RecordId());
        foreach (var (name, value) in set) row[collection.OrdinalOf(name)] = value;
        return row;
    }

    /// <summary>Many small books in one go.</summary>
    public static Task AddManyAsync(HearthApp app, int count)
    {
        var books = app.Schema.Find("books")!;
        var rows = Enumerable.Range(0, count).Select(i => RowOf(books, ("id", FieldValue.Text($"r{(i * 7919) % 1000003:d14}")), ("n", FieldValue.Number(i)), ("title", FieldValue.Text($"Book {i}"))));
        return MoveWorld.InsertAsync(app, "books", [.. rows]);
    }
}
