using System.Text.Json;
using Hearth.Schema;

namespace Hearth.Records.Transfer;

/// <summary>How the columns of a file meet the fields of a collection.</summary>
/// <param name="Columns">Field by column name. A column that is not here is not imported.</param>
/// <param name="Notes">What a person should know about it, as sentences.</param>
internal sealed record ImportShape(IReadOnlyDictionary<string, Field> Columns, IReadOnlyList<string> Notes)
{
    /// <summary>How many rows are looked at to guess the types of columns.</summary>
    public const int SampleRows = 1000;

    /// <summary>Guesses fields for a new collection from the first rows of a file.</summary>
    public static ImportShape Guess(IEnumerable<SourceRow> sample)
    {
        var guesses = new Dictionary<string, ColumnGuess>(StringComparer.Ordinal);
        var idsFit = true;
        foreach (var row in sample)
        {
            if (row.Problem is not null) continue;
            foreach (var property in row.Values.EnumerateObject())
            {
                if (!guesses.TryGetValue(property.Name, out var guess)) guesses.Add(property.Name, guess = new ColumnGuess());
                guess.See(property.Value);
                if (property.Name == "id") idsFit &= IsRecordId(property.Value);
            }
        }
        var notes = new List<string>();
        var columns = new Dictionary<string, Field>(StringComparer.Ordinal);
        var taken = new HashSet<string> { "id" };
        var position = -1;
        foreach (var (column, guess) in guesses)
        {
            position++;
            if (FieldNames.IsPassedOver(column)) continue;
            if (column == "id" && idsFit)
            {
                columns.Add(column, new TextField { Name = "id" });
                continue;
            }
            var name = FieldNames.Of(column == "id" ? "source_id" : column, position, taken);
            if (name != column) notes.Add($"The column {column} is kept in the field {name}.");
            columns.Add(column, guess.ToField(name));
        }
        return new ImportShape(columns, notes);
    }

    /// <summary>Finds the fields of an existing collection for the columns that the first rows name.</summary>
    public static ImportShape Match(Collection collection, IEnumerable<SourceRow> sample)
    {
        var notes = new List<string>();
        var columns = new Dictionary<string, Field>(StringComparer.Ordinal);
        var names = sample.Where(row => row.Problem is null).SelectMany(row => row.Values.EnumerateObject().Select(p => p.Name)).Distinct(StringComparer.Ordinal);
        var position = 0;
        foreach (var column in names)
        {
            if (FieldNames.IsPassedOver(column)) continue;
            var made = FieldNames.Of(column, position++, new HashSet<string>());
            var field = collection.FindField(column) ?? collection.Fields.FirstOrDefault(f => f.Name.Equals(made, StringComparison.OrdinalIgnoreCase));
            var reason = field switch
            {
                null => $"no field of {collection.Name} has this name",
                { Type: FieldType.Autodate } => "the server sets this date itself",
                { Type: FieldType.File } => "files are not imported",
                _ => null,
            };
            if (reason is null) columns.TryAdd(column, field!); // not null: the null case has a reason
            else notes.Add($"The column {column} was passed over: {reason}.");
        }
        return new ImportShape(columns, notes);
    }

    private static bool IsRecordId(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { Length: 15 } id && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c));
}
