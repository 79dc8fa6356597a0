using Hearth.Schema.Sql;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Collections;

[RunsOnce]
public sealed class IndexStatementTests
{
    [Theory]
    [InlineData("create unique index if not exists \"idx\" on [any table] (a, `b c` collate nocase desc, lower(c) asc) where a != '' and b > 1;", "CREATE UNIQUE INDEX `idx` ON `t` (`a`, `b c` COLLATE nocase DESC, lower(c)) WHERE a != '' and b > 1")]
    [InlineData("CREATE INDEX main.idx ON main.t (a) -- why", "CREATE INDEX `idx` ON `t` (`a`)")]
    [InlineData("CREATE INDEX i ON t (json_extract(a, '$.x,y'), b)", "CREATE INDEX `i` ON `t` (json_extract(a, '$.x,y'), `b`)")]
    [InlineData("CREATE INDEX `a``b` ON t (x)", "CREATE INDEX `a``b` ON `t` (`x`)")]
    public void A_statement_gets_its_normal_form(string statement, string expected)
    {
        var index = IndexStatement.Parse(statement).ShouldNotBeNull();
        IndexStatement.Render(index, "t").ShouldBe(expected);
        IndexStatement.Render(IndexStatement.Parse(expected)!, "t").ShouldBe(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("CREATE TABLE t (a)")]
    [InlineData("CREATE INDEX i ON t")]
    [InlineData("CREATE INDEX i ON t ()")]
    [InlineData("CREATE INDEX i ON t (a,)")]
    [InlineData("CREATE INDEX i ON t (a); DROP TABLE t")]
    [InlineData("CREATE INDEX i ON t (a) WHERE")]
    [InlineData("CREATE INDEX i ON t (a) USING hash")]
    [InlineData("CREATE INDEX i ON t (a")]
    [InlineData("CREATE INDEX 'i ON t (a)")]
    [InlineData("CREATE INDEX IF EXISTS i ON t (a)")]
    public void Anything_else_is_refused(string statement) => IndexStatement.Parse(statement).ShouldBeNull();

    [Fact]
    public void Renaming_a_field_reaches_columns_expressions_and_conditions_but_not_texts()
    {
        var index = IndexStatement.Parse("CREATE INDEX i ON t (old, lower(OLD)) WHERE `old` != 'old'")!;
        IndexStatement.Render(IndexStatement.RenameField(index, "old", "new"), "t").ShouldBe("CREATE INDEX `i` ON `t` (`new`, lower(`new`)) WHERE `new` != 'old'");
    }
}
