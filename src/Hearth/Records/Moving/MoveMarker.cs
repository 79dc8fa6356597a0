using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Records.Moving;

/// <summary>
/// Stands in a target from the moment when its tables are made until everything in it was verified: what is being moved into it. As long as it
/// is there nobody may use the database but the same move.
/// </summary>
/// <param name="From">The source in words for people.</param>
/// <param name="Content">Hash over everything that the source holds.</param>
/// <param name="Began">When the move began, canonical date text.</param>
/// <param name="Command">The command that goes on with it.</param>
internal sealed record MoveMarker(string From, string Content, string Began, string Command = MoveMarker.Move)
{
    /// <summary>Its key among the values of the app.</summary>
    public const string Key = "move";

    /// <summary>The command between databases of Hearth.</summary>
    public const string Move = "hearth move";

    private static readonly Collection Table = InternalTables.Params;

    /// <summary>The marker of a database, or null.</summary>
    public static async ValueTask<MoveMarker?> FindAsync(ReadSession session, CancellationToken stop)
    {
        var from = new BaseSource(Table);
        var value = Table.FindField("value") ?? throw new InvalidOperationException("_params has no column value.");
        using var rows = await session.QueryAsync(new ReadPlan { From = from, Columns = [new OutputColumn(value)], Where = new IdIn(from, [Key]), Limit = 1 }, stop);
        return await rows.NextAsync(stop) ? JsonSerializer.Deserialize(rows.Utf8Of(0), MoveMarkerJson.Default.MoveMarker) : null;
    }

    /// <summary>The row of the marker.</summary>
    public InsertRow Row()
    {
        var values = new FieldValue[Table.Fields.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Table.Fields[i].Name switch
            {
                "id" => FieldValue.Text(Key),
                "value" => FieldValue.Json(JsonSerializer.Serialize(this, MoveMarkerJson.Default.MoveMarker)),
                _ => FieldValue.Text(Began),
            };
        }
        return new InsertRow(Table, values);
    }

    /// <summary>Takes the marker away.</summary>
    public static DeleteRow Removal() => new(Table, Key);

    /// <summary>Throws a <see cref="DataException"/> when the database is the target of a move that has not come to its end.</summary>
    public static async ValueTask RefuseAsync(Engine engine, CancellationToken stop)
    {
        using var session = await engine.ReadOnceAsync(stop);
        if (await FindAsync(session, stop) is not { } marker) return;
        var words = $"This database is half filled: a move from {marker.From}, begun {marker.Began}, has not come to its end. Run the same {marker.Command} again, it goes on where it stopped. "
            + "To give the move up, remove this database; the source is as it was.";
        throw new DataException(new DataFault(DataFaultKind.Unavailable, words, []));
    }
}

/// <summary>How the marker is written and read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(MoveMarker))]
internal sealed partial class MoveMarkerJson : JsonSerializerContext;
