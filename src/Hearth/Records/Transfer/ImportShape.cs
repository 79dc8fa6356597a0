using System.Text.Json;
using Hearth.Records.Transfer.Formats;
using Hearth.Schema;

namespace Hearth.Records.Transfer;

/// <summary>How the columns of a file meet the fields of a collection. Grows with the columns that rows bring.</summary>
internal sealed class ImportShape
{
    /// <summary>How many rows are looked at to guess the types of columns.</summary>
    public const int SampleRows = 1000;

    private readonly Dictionary<string, Field?> columns = new(StringComparer.Ordinal);
    private readonly List<string> notes = [];
    private Collection? collection;

    private ImportShape()
    {
    }

    /// <summary>What a person should know, as sentences.</summary>
    public IReadOnlyList<string> Notes => notes;

    /// <summary>Guesses fields for a new collection from the first rows of a file.</summary>
    /// <param name="sample">The first rows.</param>
    /// <param name="fields">The fields to make, in the order of the columns, without <c>id</c>.</param>
    public static ImportShape Guess(IEnumerable<SourceRow> sample, out IReadOnlyList<Field> fields)
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
        var shape = new ImportShape();
        var made = new List<Field>();
        var taken = new HashSet<string> { "id" };
        foreach (var (column, guess) in guesses)
        {
            if (FieldNames.IsPassedOver(column)) continue;
            if (column == "id" && idsFit)
            {
                shape.columns.Add(column, new TextField { Name = "id" });
                continue;
            }
            var name = FieldNames.Of(column == "id" ? "source_id" : column, made.Count, taken);
            if (name != column) shape.notes.Add($"The column {column} is kept in the field {name}.");
            var field = guess.ToField(name);
            shape.columns.Add(column, field);
            made.Add(field);
        }
        fields = made;
        return shape;
    }

    /// <summary>A shape that finds the fields of a collection by the names of columns. Columns of an earlier guess keep their fields.</summary>
    public static ImportShape Of(Collection collection, ImportShape? guess = null)
    {
        var shape = new ImportShape { collection = collection };
        if (guess is null) return shape;
        shape.notes.AddRange(guess.notes);
        foreach (var (column, field) in guess.columns) shape.columns.Add(column, field is null ? null : collection.FindField(field.Name));
        return shape;
    }

    /// <summary>The field for a column, or null when the column is not imported; a note says why, once.</summary>
    public Field? FieldFor(string column)
    {
        if (columns.TryGetValue(column, out var known)) return known;
        var field = Find(column);
        columns.Add(column, field);
        return field;
    }

    private Field? Find(string column)
    {
        if (FieldNames.IsPassedOver(column) || collection is null) return null;
        var made = FieldNames.Of(column, 0, new HashSet<string>());
        var field = collection.FindField(column) ?? collection.Fields.FirstOrDefault(f => f.Name.Equals(made, StringComparison.OrdinalIgnoreCase));
        var reason = field switch
        {
            null => $"no field of {collection.Name} has this name",
            { Type: FieldType.Autodate } => "the server sets this date itself",
            { Type: FieldType.File } => "files are not imported",
            _ => null,
        };
        if (reason is null) return field;
        notes.Add($"The column {column} was passed over: {reason}.");
        return null;
    }

    private static bool IsRecordId(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { Length: 15 } id && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c));
}
