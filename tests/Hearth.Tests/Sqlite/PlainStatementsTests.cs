using Hearth.Data;
using Hearth.Data.Sqlite.Compile;
using Hearth.Planning;
using Hearth.Schema;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Sqlite;

public sealed class PlainStatementsTests
{
    private static readonly Collection Posts = new()
    {
        Id = "p", Name = "posts",
        Fields = [new TextField { Name = "id", PrimaryKey = true }, new TextField { Name = "title" }, new NumberField { Name = "n" }],
    };

    public static TheoryData<string> Shapes => ["all", "id", "ids", "page", "offset", "id+page", "sort", "where", "two columns", "hidden", "virtual"];

    // The kept text must be what the compiler itself would say, whatever was asked before.
    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_kept_text_is_the_compiled_one(string shape)
    {
        var selects = new PlainStatements();
        foreach (var other in (string[])["all", "id", "page", "offset", "id+page", "two columns"]) selects.Rows(PlanOf(other, "first"));
        var (kept, compiled) = (selects.Rows(PlanOf(shape, "second")), SelectCompiler.Rows(PlanOf(shape, "second")));
        kept.Text.ShouldBe(compiled.Text);
        kept.Arguments.ShouldBe(compiled.Arguments);
    }

    [Fact]
    public void A_kept_insert_is_the_compiled_one()
    {
        var statements = new PlainStatements();
        statements.Insert(new InsertRow(Posts, [FieldValue.Text("a"), FieldValue.Text("b"), FieldValue.Number(1)]));
        var row = new InsertRow(Posts, [FieldValue.Text("c"), FieldValue.Null, FieldValue.Null]);
        var (kept, compiled) = (statements.Insert(row), WriteCompiler.Compile(row));
        kept.Text.ShouldBe(compiled.Text);
        kept.Arguments.ShouldBe(compiled.Arguments);
    }

    private static ReadPlan PlanOf(string shape, string id)
    {
        var from = new BaseSource(Posts, shape == "virtual" ? [FieldValue.Text("x"), FieldValue.Text(""), FieldValue.Number(1)] : null);
        var plan = new ReadPlan { From = from, Columns = [.. Posts.Fields.Select(f => new OutputColumn(f))] };
        return shape switch
        {
            "id" => plan with { Where = new IdIn(from, [id]) },
            "ids" => plan with { Where = new IdIn(from, [id, "b"]) },
            "page" => plan with { Limit = id.Length },
            "offset" => plan with { Offset = id.Length },
            "id+page" => plan with { Where = new IdIn(from, [id]), Limit = 1, Offset = id.Length },
            "sort" => plan with { Sort = [new SortKey(new Column(from, Posts.Fields[1]), true)] },
            "where" => plan with { Where = new Compare(new Column(from, Posts.Fields[1]), CompareOperator.Equal, new Literal(FieldValue.Text(id)), false) },
            "two columns" => plan with { Columns = [.. plan.Columns.Take(2)], Where = new IdIn(from, [id]) },
            "hidden" => plan with { Columns = [new OutputColumn(Posts.Fields[0]), new OutputColumn(Posts.Fields[1], new IdIn(from, [id]))] },
            _ => plan,
        };
    }
}
