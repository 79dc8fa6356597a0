using Hearth.Data;

namespace Hearth.Records.Moving;

/// <summary>Where the data of an app is.</summary>
/// <param name="Folder">Folder of the database, or of what stands beside it: uploaded files.</param>
/// <param name="Postgres">Where a PostgreSQL database is, in Npgsql's words; null for the database in the folder.</param>
public sealed record MovePlace(string Folder, string? Postgres)
{
    /// <summary>In words for people, without secrets.</summary>
    public override string ToString() => Engines.Describe(Folder, Postgres);

    /// <summary>The database when it is on a server.</summary>
    internal DatabaseServer? Server => Postgres is null ? null : new DatabaseServer(Postgres);

    /// <summary>Both are one database.</summary>
    internal bool IsSameAs(MovePlace other) => Postgres == other.Postgres && (Postgres is not null || SharesFolderWith(other));

    /// <summary>Both keep their files in one folder.</summary>
    internal bool SharesFolderWith(MovePlace other) => FullFolder == other.FullFolder;

    private string FullFolder => Path.TrimEndingDirectorySeparator(Path.GetFullPath(Folder));

    /// <summary>The folder of this place is inside of the other's.</summary>
    internal bool IsInside(MovePlace other) => FullFolder.StartsWith(other.FullFolder + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
