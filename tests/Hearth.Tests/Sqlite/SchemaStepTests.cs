using System.Text;
using Hearth.Data;
using Hearth.Planning;
using Hearth.Schema;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Sqlite;

/// <summary>Steps of a schema change on a real file.</summary>
[RunsOnce]
public sealed class SchemaStepTests
{
    private static readonly Collection Things = new()
    {
        Id = "pbc_1",
        Name = "things",
        Fields =
        [
            new TextField { Name = "id", Id = "id", PrimaryKey = true }, new TextField { Name = "label", Id = "label" },
            new SelectField { Name = "kind", Id = "kind", Values = ["a", "b"], MaxSelect = 1 }, new RelationField { Name = "owner", Id = "owner", CollectionId = "x" },
            new JsonField { Name = "meta", Id = "meta" },
        ],
        Indexes = [new IndexDefinition("ix_label", false, [new IndexColumn("label")], null), new IndexDefinition("ix_kind", false, [new IndexColumn("lower(kind)", true)], "kind != ''")],
    };

    [Fact]
    public async Task Tables_have_the_declarations_of_the_contract()
    {
        var all = new Collection
        {
            Id = "all",
            Name = "all \"kinds\"",
            Fields =
            [
                new TextField { Name = "id", PrimaryKey = true }, new TextField { Name = "a" }, new EditorField { Name = "b" }, new NumberField { Name = "c" }, new BoolField { Name = "d" },
                new EmailField { Name = "e" }, new UrlField { Name = "f" }, new DateField { Name = "g" }, new AutodateField { Name = "h" }, new SelectField { Name = "i" },
                new SelectField { Name = "j", MaxSelect = 2 }, new FileField { Name = "k" }, new FileField { Name = "l", MaxSelect = 2 }, new RelationField { Name = "m", Id = "m" },
                new RelationField { Name = "n", MaxSelect = 2 }, new JsonField { Name = "o" }, new GeoPointField { Name = "p" }, new PasswordField { Name = "q" },
            ],
        };
        await using var database = await SqliteDatabase.OpenAsync(all);
        (await database.SqlAsync("SELECT name, type, dflt_value, \"notnull\" FROM pragma_table_info('all \"kinds\"')")).ShouldBe("""
            id|TEXT|'r'||lower(hex(randomblob(7)))|1
            a|TEXT|''|1
            b|TEXT|''|1
            c|NUMERIC|0|1
            d|BOOLEAN|FALSE|1
            e|TEXT|''|1
            f|TEXT|''|1
            g|TEXT|''|1
            h|TEXT|''|1
            i|TEXT|''|1
            j|JSON|'[]'|1
            k|TEXT|''|1
            l|JSON|'[]'|1
            m|TEXT|''|1
            n|JSON|'[]'|1
            o|JSON|NULL|0
            p|JSON|'{"lon":0,"lat":0}'|1
            q|TEXT|''|1
            """);
        (await database.SqlAsync("SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND tbl_name LIKE 'all%'")).ShouldBe("_rel_all_m");
    }

    [Fact]
    public async Task Columns_come_change_their_name_and_go_with_what_hangs_on_them()
    {
        await using var database = await SqliteDatabase.OpenAsync(Things);
        await database.InsertAsync(Things, ("id", "1"), ("label", "x"));
        await database.ApplyAsync(
            new AddColumn(Things, new NumberField { Name = "n", Id = "n" }),
            new AddColumn(Things, new SelectField { Name = "many", Id = "many", MaxSelect = 2 }),
            new AddColumn(Things, new GeoPointField { Name = "place", Id = "place" }),
            new AddColumn(Things, new RelationField { Name = "boss", Id = "boss", CollectionId = "x" }),
            new RenameColumn(Things, "n", "amount"),
            new RenameTable(Things, "things", "items"));
        (await database.SqlAsync("SELECT label, amount, many, place, boss FROM items")).ShouldBe("x|0|[]|{\"lon\":0,\"lat\":0}|");
        var items = Things with { Name = "items" };
        await database.ApplyAsync(
            new DropColumn(items, Things.FindField("label")!), new DropColumn(items, Things.FindField("kind")!), new DropColumn(items, new RelationField { Name = "boss", Id = "boss" }));
        (await database.SqlAsync("SELECT group_concat(name) FROM pragma_table_info('items')")).ShouldBe("id,owner,meta,amount,many,place");
        (await database.SqlAsync("SELECT group_concat(name) FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = 'items'")).ShouldBe("_rel_pbc_1_owner");
        await database.ApplyAsync(new DropIndex(items, new IndexDefinition("gone", false, [], null)), new DropTable(items));
        (await database.SqlAsync("SELECT count(*) FROM sqlite_schema WHERE name = 'items'")).ShouldBe("0");
    }

    [Fact]
    public async Task Single_values_become_lists_and_lists_single_values()
    {
        await using var database = await SqliteDatabase.OpenAsync(Things);
        var view = new Collection { Id = "v", Name = "v", Type = CollectionType.View, ViewQuery = "SELECT id, owner FROM things", Fields = [Things.Fields[0], Things.FindField("owner")!] };
        await database.ApplyAsync(new CreateView(view, view.ViewQuery!));
        await database.InsertAsync(Things, ("id", "1"), ("kind", "a"), ("owner", "o\"1"));
        await database.InsertAsync(Things, ("id", "2"), ("kind", ""), ("owner", ""));
        var manyKinds = new SelectField { Name = "kind", Id = "kind", Values = ["a", "b"], MaxSelect = 2 };
        var manyOwners = new RelationField { Name = "owner", Id = "owner", CollectionId = "x", MaxSelect = 3 };
        await database.ApplyAsync(new ConvertColumn(Things, manyKinds, true), new ConvertColumn(Things, manyOwners, true));
        (await database.SqlAsync("SELECT id, kind, owner FROM things")).ShouldBe("1|[\"a\"]|[\"o\\\"1\"]\n2|[]|[]");
        (await database.SqlAsync("SELECT group_concat(name) FROM (SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = 'things' ORDER BY name)")).ShouldBe("ix_kind,ix_label");
        await database.ExecuteAsync("UPDATE things SET kind = '[\"a\",\"b\"]', owner = '[\"x\",\"y\"]' WHERE id = '2'");
        await database.ApplyAsync(new ConvertColumn(Things, Things.FindField("kind")!, false), new ConvertColumn(Things, Things.FindField("owner")!, false));
        (await database.SqlAsync("SELECT id, kind, owner FROM things")).ShouldBe("1|a|o\"1\n2|b|y");
        (await database.SqlAsync("SELECT owner FROM v")).ShouldBe("o\"1\ny");
        (await database.SqlAsync("SELECT count(*) FROM sqlite_schema WHERE name = '_rel_pbc_1_owner'")).ShouldBe("1");
    }

    [Fact]
    public async Task The_hidden_index_of_a_relation_goes_and_comes_back_with_an_index_that_begins_like_it()
    {
        await using var database = await SqliteDatabase.OpenAsync(Things);
        var covering = new IndexDefinition("ix_owner", false, [new IndexColumn("OWNER"), new IndexColumn("label")], null);
        var partial = new IndexDefinition("ix_some", false, [new IndexColumn("owner")], "label != ''");
        await database.ApplyAsync(new CreateIndex(Things, partial));
        (await HiddenAsync()).ShouldBe("1");
        await database.ApplyAsync(new CreateIndex(Things, covering));
        (await HiddenAsync()).ShouldBe("0");
        await database.ApplyAsync(new DropIndex(Things, covering));
        (await HiddenAsync()).ShouldBe("1");

        Task<string> HiddenAsync() => database.SqlAsync("SELECT count(*) FROM sqlite_schema WHERE name = '_rel_pbc_1_owner'");
    }

    [Theory]
    [InlineData("SELECT id, label FROM things", "a|x")]
    [InlineData("SELECT (ROW_NUMBER() OVER()) AS id, label FROM things;", "1|x")]
    [InlineData("SELECT id, label FROM things -- a comment at the end", "a|x")]
    public async Task Views_have_text_ids_and_their_columns_in_order(string query, string row)
    {
        await using var database = await SqliteDatabase.OpenAsync(Things);
        await database.InsertAsync(Things, ("id", "a"), ("label", "x"));
        var view = new Collection { Id = "v", Name = "v", Type = CollectionType.View, ViewQuery = query, Fields = [Things.Fields[0], Things.Fields[1]] };
        await database.ApplyAsync(new CreateView(view, view.ViewQuery!.TrimEnd(';')));
        (await database.SqlAsync("SELECT * FROM v")).ShouldBe(row);
        (await database.SqlAsync("SELECT typeof(id) FROM v")).ShouldBe("text");
        (await database.IdsAsync(new ReadPlan { From = new BaseSource(view) })).ShouldBe(row.Split('|')[0]);
        await database.ApplyAsync(new DropView(view));
    }

    [Theory]
    [InlineData("SELECT id FROM nowhere", "SQL logic error: no such table: nowhere (1)")]
    [InlineData("SELEKT", "SQL logic error: near \"SELEKT\": syntax error (1)")]
    [InlineData("", "The view has no query.")]
    public async Task A_wrong_view_is_refused_in_SQLite_own_words_and_nothing_stays(string query, string message)
    {
        await using var database = await SqliteDatabase.OpenAsync();
        var view = new Collection { Id = "v", Name = "v", Type = CollectionType.View, ViewQuery = query, Fields = [Things.Fields[0]] };
        var refusal = await Should.ThrowAsync<DataException>(() => database.ApplyAsync(new CreateTable(Things), new CreateView(view, view.ViewQuery!)));
        refusal.Fault.Kind.ShouldBe(DataFaultKind.Statement);
        refusal.Fault.Detail.ShouldBe(message);
        (await database.SqlAsync("SELECT count(*) FROM sqlite_schema WHERE name = 'things'")).ShouldBe("0");
    }

    [Fact]
    public async Task A_unique_index_over_equal_rows_is_refused_as_not_unique()
    {
        await using var database = await SqliteDatabase.OpenAsync(Things);
        await database.InsertAsync(Things, ("id", "1"), ("label", "x"));
        await database.InsertAsync(Things, ("id", "2"), ("label", "x"));
        var refusal = await Should.ThrowAsync<DataException>(() =>
            database.ApplyAsync(new CreateIndex(Things, new IndexDefinition("uq", true, [new IndexColumn("label")], null))));
        refusal.Fault.Kind.ShouldBe(DataFaultKind.NotUnique);
        refusal.Fault.Columns.ShouldBe(["label"]);
    }

    [Fact]
    public async Task Definitions_are_written_replaced_and_removed()
    {
        await using var database = await SqliteDatabase.OpenAsync();
        await database.ApplyAsync(new SaveDefinition(Things with { ListRule = "", ViewRule = null, Created = "2025-01-01 00:00:00.000Z" }));
        await database.ApplyAsync(new SaveDefinition(Things with { ListRule = "id != ''", Name = "renamed" }));
        (await database.SqlAsync("SELECT id, name, type, system, listRule, viewRule, json_array_length(fields), json_array_length(indexes), options FROM _collections"))
            .ShouldBe("pbc_1|renamed|base|0|id != ''|-|5|2|{}");
        await database.ApplyAsync(new RemoveDefinition(Things));
        (await database.SqlAsync("SELECT count(*) FROM _collections")).ShouldBe("0");
    }
}
