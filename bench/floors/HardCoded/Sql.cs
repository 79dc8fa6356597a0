namespace Hearth.Floors.HardCoded;

/// <summary>The statements of every work item, written by hand.</summary>
internal static class Sql
{
    public const string PostColumns = "p.id, p.title, p.body, p.views, p.author, p.tags, p.published, p.created, p.updated";
    public const string AuthorColumns = "a.id, a.name, a.bio, a.created, a.updated";
    public const string DraftColumns = "d.id, d.title, d.body, d.views, d.author, d.created, d.updated";

    private const string InRange = "p.views >= ?1 AND p.views < ?2";
    private const string ByAuthorName = "FROM posts p JOIN authors a ON a.id = p.author WHERE a.name = ?1";
    private const string MineInRange =
        "FROM drafts d WHERE d.views >= ?1 AND d.views < ?2 AND EXISTS (SELECT 1 FROM members m WHERE m.author = d.author AND m.user = ?3)";

    public const string One = $"SELECT {PostColumns} FROM posts p WHERE p.id = ?1";

    public const string List = $"SELECT {PostColumns} FROM posts p WHERE {InRange} ORDER BY p.views DESC LIMIT 30";
    public const string CountList = $"SELECT count(*) FROM posts p WHERE {InRange}";

    public const string ListExpanded =
        $"SELECT {PostColumns}, {AuthorColumns} FROM posts p LEFT JOIN authors a ON a.id = p.author WHERE {InRange} ORDER BY p.views DESC LIMIT 30";

    public const string ListByAuthor = $"SELECT {PostColumns} {ByAuthorName} ORDER BY p.views DESC LIMIT 30";
    public const string CountByAuthor = $"SELECT count(*) {ByAuthorName}";

    public const string ListMine = $"SELECT {DraftColumns} {MineInRange} ORDER BY d.views DESC LIMIT 30";
    public const string CountMine = $"SELECT count(*) {MineInRange}";

    public const string AuthorExists = "SELECT 1 FROM authors WHERE id = ?1";

    private const string Returning = "RETURNING id, title, body, views, author, tags, published, created, updated";

    public const string Insert =
        $"INSERT INTO posts (id, title, body, views, author, tags, published, created, updated) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8) {Returning}";

    public const string Update = $"UPDATE posts SET title = coalesce(?2, title), views = coalesce(?3, views), updated = ?4 WHERE id = ?1 {Returning}";
}
