using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Http;
using Hearth.Http.Contracts;
using Hearth.Resources.Audit;

namespace Hearth.Features.Sql;

/// <summary>
/// Runs SQL text of a superuser in the words of the engine (contract 10.9): reads on a session that cannot write, changes in a transaction. Every use is in the
/// audit log, without values. Route: <c>/api/sql</c>. Tables: none.
/// </summary>
internal sealed class SqlFeature : Feature
{
    private const int MostCharacters = 5000;
    private const int MostRows = 1000;
    private const int MostBytes = 32 << 20;
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(3);

    /// <inheritdoc/>
    public override string Name => "sql";

    /// <inheritdoc/>
    public override void Setup(FeatureSetup setup) => setup.Map(new RouteDefinition
    {
        Method = "POST",
        Path = "/api/sql",
        Guard = Guard.Superuser,
        Handler = exchange => AnswerAsync(exchange, setup),
        Summary = "Runs SQL text in the words of the database: at most 1000 rows, as texts.",
        Contract = RouteContract
            .Gives(
                Shape.Object(
                    "The answer of the database.",
                    ("execTime", Shape.Integer("Milliseconds.")),
                    ("affectedRows", Shape.Integer()),
                    ("columns", Shape.ListOf(Shape.Object("", ("name", Shape.Text()), ("type", Shape.Text()), ("nullable", Shape.Truth())))),
                    ("rows", Shape.ListOf(Shape.ListOf(Shape.Text().OrNull())))),
                "The rows, or how many a change touched.")
            .AsksFields()
            .Takes(Shape.Object("", ("query", Shape.Text("The text, at most 5000 characters.")))),
    });

    private static async ValueTask<Fault?> AnswerAsync(Exchange exchange, FeatureSetup setup)
    {
        const string message = "An error occurred while loading the submitted data.";
        if ((await exchange.ReadBodyAsync(message)).Failed(out var unread, out var body)) return unread;
        if (body.ReadText("query", message).Failed(out var wrong, out var query)) return wrong;
        if (Check(query) is { } refused) return Fault.BadRequest("sql.invalid", message, new FaultMap().Add("query", refused));
        if (ConsoleText.Read(query) is not { } text) return ConsoleText.Refused("A quote or a comment is not closed.");
        if (text.Statements.Count == 0) return ConsoleText.Refused("The statement is empty.");
        var entry = AuditEntry.Of(text.Changes ? "sql.changed" : "sql.read", exchange.Facts) with { Details = new JsonObject { ["query"] = text.WithoutValues() } };
        text = text.Settled(exchange.Schema);
        var started = setup.Clock.GetTimestamp();
        try
        {
            return text.Changes ? await ChangeAsync(exchange, setup, text, entry, started) : await ReadAsync(exchange, setup, text, entry, started);
        }
        catch (DataException e) when (e.Fault.Kind is DataFaultKind.Statement or DataFaultKind.Constraint or DataFaultKind.NotUnique or DataFaultKind.Timeout)
        {
            // What a refused change would have noted went with it.
            if (text.Changes) await setup.Audit.NoteAsync(entry with { Action = "sql.refused" }, exchange.Stop);
            return ConsoleText.Refused(e.Fault.Detail);
        }
    }

    private static FieldFault? Check(string query) => string.IsNullOrWhiteSpace(query) ? FieldFault.Required
        : query.EnumerateRunes().Count() > MostCharacters ? new FieldFault("validation_length_too_long", $"The length must be no more than {MostCharacters}.", new Dictionary<string, object?> { ["max"] = MostCharacters, ["min"] = 0 })
        : null;

    private static async ValueTask<Fault?> ReadAsync(Exchange exchange, FeatureSetup setup, ConsoleText text, AuditEntry entry, long started)
    {
        await setup.Audit.NoteAsync(entry, exchange.Stop);
        using (var session = await setup.Engine.ReadAsync(exchange.Stop))
        {
            session.Follow(exchange.Journey);
            session.NativeSqlLimit = TimeLimit;
            foreach (var statement in text.Statements.SkipLast(1))
            {
                using var passed = await session.QueryConsoleSqlAsync(statement, exchange.Stop);
                await passed.NextAsync(exchange.Stop);
            }
            using var rows = await session.QueryConsoleSqlAsync(text.Statements[^1], exchange.Stop);
            // Cells first: how long it took is told before them.
            var cells = new List<string?[]>();
            var bytes = 0L;
            while (cells.Count < MostRows && await rows.NextAsync(exchange.Stop))
            {
                var row = new string?[rows.ColumnCount];
                for (var i = 0; i < row.Length; i++)
                {
                    if (rows.KindOf(i) == CellKind.Null) continue;
                    var cell = rows.Utf8Of(i);
                    if ((bytes += cell.Length) > MostBytes) return ConsoleText.Refused($"The answer would be larger than {Sizes.Of(MostBytes)}. Ask for fewer or shorter values.");
                    row[i] = Encoding.UTF8.GetString(cell);
                }
                cells.Add(row);
            }
            Write(exchange.StartJson(), rows, cells, setup.Clock.GetElapsedTime(started));
        }
        return await exchange.SendJsonAsync();
    }

    private static void Write(Utf8JsonWriter json, RowCursor rows, List<string?[]> cells, TimeSpan took)
    {
        json.WriteStartObject();
        json.WriteNumber("execTime"u8, (long)took.TotalMilliseconds);
        json.WriteNumber("affectedRows"u8, 0);
        json.WriteStartArray("columns"u8);
        for (var i = 0; i < rows.ColumnCount; i++)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, rows.NameOf(i));
            json.WriteString("type"u8, rows.DeclaredTypeOf(i));
            json.WriteBoolean("nullable"u8, true); // a result may hold NULL whatever the column of a table says
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("rows"u8);
        foreach (var row in cells)
        {
            json.WriteStartArray();
            foreach (var cell in row) json.WriteStringValue(cell);
            json.WriteEndArray();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static async ValueTask<Fault?> ChangeAsync(Exchange exchange, FeatureSetup setup, ConsoleText text, AuditEntry entry, long started)
    {
        var changed = await setup.Engine.WriteAsync(
            exchange.Schema,
            async session =>
            {
                session.Follow(exchange.Journey);
                session.NativeSqlLimit = TimeLimit;
                var count = await session.ExecuteConsoleSqlAsync(text.Text, exchange.Schema, exchange.Stop);
                if (await session.ExecuteAsync(setup.Audit.Plan(entry), exchange.Stop) is { } refused) throw new DataException(refused);
                return count;
            },
            null,
            exchange.Stop);
        var json = exchange.StartJson();
        json.WriteStartObject();
        json.WriteNumber("execTime"u8, (long)setup.Clock.GetElapsedTime(started).TotalMilliseconds);
        json.WriteNumber("affectedRows"u8, changed);
        json.WriteStartArray("columns"u8);
        json.WriteEndArray();
        json.WriteStartArray("rows"u8);
        json.WriteEndArray();
        json.WriteEndObject();
        return await exchange.SendJsonAsync();
    }
}
