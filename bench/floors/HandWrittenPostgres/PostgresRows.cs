using Hearth.Floors.HandWritten;
using Npgsql;

namespace Hearth.Floors.HandWrittenPostgres;

/// <summary>Rows of PostgreSQL as answers. Numbers are double precision in Hearth's tables, and whole ones here.</summary>
internal static class PostgresRows
{
    public static Post Post(NpgsqlDataReader row) => Post(row, null);

    public static Post PostWithAuthor(NpgsqlDataReader row) => Post(
        row, new PostExpand(new Author(Shape.AuthorsId, "authors", row.GetString(9), row.GetString(10), row.GetString(11), row.GetString(12), row.GetString(13))));

    public static Draft Draft(NpgsqlDataReader row) => new(
        Shape.DraftsId, "drafts", row.GetString(0), row.GetString(1), row.GetString(2), (long)row.GetDouble(3), row.GetString(4), row.GetString(5), row.GetString(6));

    private static Post Post(NpgsqlDataReader row, PostExpand? expand) => new(
        Shape.PostsId, "posts", row.GetString(0), row.GetString(1), row.GetString(2), (long)row.GetDouble(3), row.GetString(4),
        row.GetFieldValue<string[]>(5), row.GetBoolean(6), row.GetString(7), row.GetString(8), expand);
}
