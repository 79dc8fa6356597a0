namespace Hearth.Data.Postgres;

/// <summary>Rights that reach beyond the tables of one app.</summary>
internal static class NeedlessRights
{
    /// <summary>Asks for those of the account that Hearth has signed in with, in words for people.</summary>
    public static SqlStatement Question { get; } = new(
        """
        SELECT array_remove(ARRAY[
            CASE WHEN rolsuper THEN 'it is a superuser' END,
            CASE WHEN rolcreaterole AND NOT rolsuper THEN 'it may make roles' END,
            CASE WHEN rolreplication AND NOT rolsuper THEN 'it may copy the whole server' END,
            CASE WHEN pg_has_role(oid, 'pg_read_server_files', 'MEMBER') AND NOT rolsuper THEN 'it may read files of the server' END,
            CASE WHEN pg_has_role(oid, 'pg_write_server_files', 'MEMBER') AND NOT rolsuper THEN 'it may write files of the server' END,
            CASE WHEN pg_has_role(oid, 'pg_execute_server_program', 'MEMBER') AND NOT rolsuper THEN 'it may run programs on the server' END], NULL)
        FROM pg_roles WHERE rolname = current_user
        """,
        []);
}
