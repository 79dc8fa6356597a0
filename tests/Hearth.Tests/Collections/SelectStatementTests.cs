using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Hearth.Basics;
using Hearth.Schema;
using Hearth.Schema.Changes;
using Hearth.Schema.Stock;
using Hearth.Schema.Views;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Collections;

[RunsOnce]
public sealed class SelectStatementTests
{
    private static readonly SchemaSnapshot Schema = new(1, SystemCollections.Create());

    [Theory]
    [InlineData("select id from full", "id", "full=full", "full")]
    [InlineData("SELECT a.id, b.x y FROM a LEFT OUTER JOIN b AS bb ON a.id = bb.a, main.c, (SELECT 1 FROM d) e WHERE a.id IN (SELECT x FROM f)", "id y", "a=a bb=b c=c e=", "a b main c d f")]
    [InlineData("SELECT DISTINCT id, 'x, from y' AS t, (SELECT count(*) FROM z, w) n, CASE WHEN 1 THEN 2 END, x.id || 'a' FROM \"x\" ORDER BY 1;", "id t n CASE WHEN 1 THEN 2 END x.id || 'a'", "x=x", "z w x")]
    [InlineData("WITH q AS (SELECT 1 AS id FROM users) SELECT q.id FROM q -- done", "id", "q=q", "users q")]
    [InlineData("SELECT 1 AS id UNION SELECT 2 FROM other", "id", "", "other")]
    [InlineData("SELECT id FROM a CROSS JOIN b USING (x) NATURAL JOIN c", "id", "a=a b=b c=c", "a b c")]
    public void The_outer_shape_is_read(string query, string columns, string sources, string tables)
    {
        var statement = SelectStatement.Parse(query).Value;
        string.Join(' ', statement.Columns.Select(column => column.Name)).ShouldBe(columns);
        string.Join(' ', statement.Sources.Select(source => $"{source.Alias}={source.Table}")).ShouldBe(sources);
        statement.Tables.ShouldBe(tables.Split(' '), ignoreOrder: true);
    }

    [Fact]
    public void No_text_makes_it_throw()
    {
        var pieces = Gen.Elements("SELECT", "id", "FROM", "users", ",", "(", ")", "*", ".", "'", "\"x\"", "--", "/*", "*/", "AS", "JOIN", "WHERE", ";", "1", "WITH", "UNION", "count", "CAST", "\n", "[", "`", "é");
        var queries = Gen.ListOf(pieces).Select(words => string.Join(' ', words));
        Prop.ForAll(queries.ToArbitrary(), query =>
        {
            ViewShape.Infer(query, Schema.Find);
            ViewShape.TablesOf("SELECT id FROM " + query);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void No_collection_that_somebody_sends_makes_the_reading_or_the_checks_throw()
    {
        var scalars = Gen.Elements(
            "null", "true", "0", "-1", "1.5", "1e999", "99999999999", "\"\"", "\"x\"", "\"auth\"", "\"view\"", "\"text\"", "\"select\"", "\"relation\"", "\"\\ud800\"", "\"id = 1\"", "[]", "{}",
            "[\"CREATE INDEX i ON t (a)\"]", "[\"a\"]", "\"SELECT id FROM users\"", "\"_pb_users_auth_\"", "\"[a-z\"");
        var keys = Gen.Elements("id", "name", "type", "system", "fields", "indexes", "listRule", "viewQuery", "authToken", "oauth2", "providers", "mappedFields", "otp", "mfa", "passwordAuth", "identityFields",
            "min", "max", "pattern", "autogeneratePattern", "maxSelect", "values", "collectionId", "required", "secret", "duration", "NAME", "primaryKey", "emailTemplate", "extra", "onlyDomains");
        Gen<string> Object(int depth)
        {
            var value = depth == 0 ? scalars : Gen.OneOf(scalars, Object(depth - 1), Gen.ListOf(Object(depth - 1)).Select(items => $"[{string.Join(",", items)}]"));
            return Gen.ListOf(Gen.Zip(keys, value)).Select(members => $"{{{string.Join(",", members.Select(member => $"\"{member.Item1}\":{member.Item2}"))}}}");
        }
        Prop.ForAll(Object(3).ToArbitrary(), body =>
        {
            var element = JsonElement.Parse(body);
            var members = element.EnumerateObject().GroupBy(p => p.Name).ToDictionary(g => g.Key, g => g.Last().Value);
            foreach (var proposed in new[] { Proposals.Create(Schema, members, "now"), Proposals.Update(Schema, Schema.Find("users")!, members, "now"), Proposals.Import(Schema, [element], true, "now") })
            {
                if (proposed.Failed(out _)) continue;
                var inferred = ProposalCheck.InferViews(proposed.Value);
                if (inferred.Failed(out _)) continue;
                ProposalCheck.Check(inferred.Value);
                if (ProposalCheck.FaultOf(inferred.Value) is null) SchemaChanges.Compute(Schema.Collections, inferred.Value.After).ShouldNotBeNull();
            }
        }).QuickCheckThrowOnFailure();
    }
}
