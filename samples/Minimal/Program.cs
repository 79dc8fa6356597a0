// Hearth inside an ordinary ASP.NET Core program, beside routes of its own, with code that joins in when a note is created.
using Hearth.Basics;
using Hearth.Hosting;

var builder = WebApplication.CreateBuilder(args);

var hearth = builder.Services.AddHearth(options => options.DataDirectory = "minimal_data");

// Runs before a note is validated and stored, whoever sends it. It may change the note, or refuse it.
hearth.Records.Creating.Add((e, _) =>
{
    var title = e.Record.GetText("title").Trim();
    e.Record.Set("title", title);
    return ValueTask.FromResult<Fault?>(title.Contains("spam", StringComparison.OrdinalIgnoreCase)
        ? Fault.BadRequest("notes.spam", "Notes about spam are not kept.")
        : null);
}, "notes");

// Runs after the commit: it hears of every stored note and cannot fail the request any more.
hearth.Records.Created.Add(e => Console.WriteLine($"A new note: {e.Record.GetText("title")}"), "notes");

var app = builder.Build();
app.MapGet("/hello", () => "Hello from a route of your own.");
app.MapHearth();
app.Run();
