namespace Hearth.Data.Postgres.Tables;

/// <summary>
/// What the database needs beside the tables that all engines have: functions for what PostgreSQL has no words for: values of which only the row knows whether they are numbers or texts, numbers
/// as texts, and dates by a format; and what several nodes share. No collection can be called like them, for its name cannot hold a dollar sign.
/// </summary>
internal static class Functions
{
    /// <summary>Names under which they are marked as made, with their statements. One that was released is never edited; add another.</summary>
    public static IReadOnlyList<(string Name, string Text)> All { get; } =
    [
        ("postgres_0001_functions", Read("functions.sql") + Read("strftime.sql")),
        ("postgres_0002_nodes", Read("nodes.sql")),
        ("postgres_0003_rows", Read("rows.sql")),
        ("postgres_0004_console", Read("console.sql")),
        ("postgres_0005_views", Read("views.sql")),
    ];

    private static string Read(string name)
    {
        using var stream = typeof(Functions).Assembly.GetManifestResourceStream("Hearth.Data.Postgres." + name)
            ?? throw new InvalidOperationException($"{name} is not part of the program.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
