namespace Hearth.Data.Postgres.Tables;

/// <summary>
/// Functions in the database for what PostgreSQL has no words for: values of which only the row knows whether they are numbers or texts, numbers
/// as texts, and dates by a format. No collection can be called like them, for its name cannot hold a dollar sign.
/// </summary>
internal static class Functions
{
    /// <summary>Name under which the functions are marked as made. Change it with the text.</summary>
    public const string Version = "postgres_0001_functions";

    /// <summary>The statements that make them.</summary>
    public static string Text { get; } = Read("functions.sql") + Read("strftime.sql");

    private static string Read(string name)
    {
        using var stream = typeof(Functions).Assembly.GetManifestResourceStream("Hearth.Data.Postgres." + name)
            ?? throw new InvalidOperationException($"{name} is not part of the program.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
