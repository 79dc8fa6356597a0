using Hearth.Schema;

namespace Hearth.Data.Postgres.Tables;

/// <summary>Views: the query of a user, with columns of the types that their fields need.</summary>
internal static class Views
{
    /// <summary>Makes the view of a view collection: its columns in the order of the fields.</summary>
    public static string Create(Collection view, string query) => $"CREATE VIEW {Quote(view.Name)} AS {Select(query, view.Fields)}";

    /// <summary>The rows of the query as a view with these fields gives them.</summary>
    public static string Select(string query, IEnumerable<Field> fields)
    {
        var columns = fields.Select(f => $"{Typed(f)} AS {Quote(f.Name)}");
        return $"SELECT {string.Join(", ", columns)} FROM (\n{NativeNames.Read(query)}\n) AS hearth$query";
    }

    private static string Typed(Field field) => field switch
    {
        { Type: FieldType.Json or FieldType.GeoPoint } => $"hearth$view({Quote(field.Name)})",
        { Multiple: true } => $"CAST({Quote(field.Name)} AS text[]) COLLATE \"C\"",
        { Type: FieldType.Number } => $"CAST({Quote(field.Name)} AS double precision)",
        { Type: FieldType.Bool } => $"CAST({Quote(field.Name)} AS boolean)",
        _ => $"CAST({Quote(field.Name)} AS text) COLLATE \"C\"",
    };

    private static string Quote(string name) => PostgresNames.Quote(name);
}
