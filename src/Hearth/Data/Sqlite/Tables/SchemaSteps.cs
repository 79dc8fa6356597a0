using Hearth.Data.Sqlite.Compile;
using Hearth.Schema;
using Hearth.Schema.Sql;

namespace Hearth.Data.Sqlite.Tables;

/// <summary>Steps of a schema change in SQLite's words.</summary>
internal static class SchemaSteps
{
    /// <summary>Does one step.</summary>
    public static void Apply(SqliteConnection connection, SchemaStep step)
    {
        switch (step)
        {
            case CreateTable create:
                CreateTable(connection, create.Collection);
                break;
            case DropTable drop:
                connection.Run($"DROP TABLE IF EXISTS {Quote(drop.Collection.Name)}");
                break;
            case RenameTable rename:
                connection.Run($"ALTER TABLE {Quote(rename.From)} RENAME TO {Quote(rename.To)}");
                break;
            case AddColumn add:
                connection.Run($"ALTER TABLE {Quote(add.Collection.Name)} ADD COLUMN {Quote(add.Field.Name)} {ColumnDeclarations.Of(add.Field)}");
                RelationIndexes.Settle(connection, add.Collection, add.Field);
                break;
            case DropColumn drop:
                ColumnChanges.Drop(connection, drop.Collection, drop.Field);
                break;
            case RenameColumn rename:
                connection.Run($"ALTER TABLE {Quote(rename.Collection.Name)} RENAME COLUMN {Quote(rename.From)} TO {Quote(rename.To)}");
                break;
            case ConvertColumn convert:
                ColumnChanges.Convert(connection, convert);
                RelationIndexes.Settle(connection, convert.Collection, convert.Field);
                break;
            case CreateIndex create:
                connection.Run(IndexStatement.Render(QuotedTexts.InIndex(create.Index, create.Collection.Fields.Select(field => field.Name)), create.Collection.Name));
                RelationIndexes.Settle(connection, create.Collection);
                break;
            case DropIndex drop:
                connection.Run($"DROP INDEX IF EXISTS {Quote(drop.Index.Name)}");
                RelationIndexes.Settle(connection, drop.Collection);
                break;
            case CreateView create:
                CreateView(connection, create);
                break;
            case DropView drop:
                connection.Run($"DROP VIEW IF EXISTS {Quote(drop.Collection.Name)}");
                break;
            case SaveDefinition save:
                Definitions.Save(connection, save.Collection);
                break;
            case RemoveDefinition remove:
                Definitions.Remove(connection, remove.Collection);
                break;
            default:
                throw new NotSupportedException($"A {step.GetType().Name} has no SQL.");
        }
    }

    private static void CreateTable(SqliteConnection connection, Collection collection)
    {
        var columns = collection.Fields.Select(f => $"{Quote(f.Name)} {ColumnDeclarations.Of(f)}");
        connection.Run($"CREATE TABLE {Quote(collection.Name)} ({string.Join(", ", columns)})");
        RelationIndexes.Settle(connection, collection);
    }

    // Columns in the order of the fields. The id must be text; it is cast only when it is not, for a cast hides the index behind it.
    private static void CreateView(SqliteConnection connection, CreateView step)
    {
        var (view, query) = step;
        var isText = ViewQueries.HasTextId(connection, query);
        var columns = view.Fields.Select(f => f.Name == "id" && !isText ? "CAST(\"id\" AS TEXT) AS \"id\"" : Quote(f.Name));
        connection.Run($"CREATE VIEW {Quote(view.Name)} AS SELECT {string.Join(", ", columns)} FROM (\n{query}\n)");
    }

    private static string Quote(string name) => SqlWriter.Quote(name);
}
