using System.Collections.Immutable;
using Hearth.Basics;
using Hearth.Schema.Sql;
using Hearth.Schema.Stock;

namespace Hearth.Schema.Views;

/// <summary>What comes out of a view's query, as far as its text and the collections that it reads tell (contract 4.7).</summary>
internal static class ViewShape
{
    /// <summary>Names of the tables and views that a query reads; empty when it cannot be read.</summary>
    public static ImmutableArray<string> TablesOf(string query)
    {
        var statement = SelectStatement.Parse(query);
        return statement.Failed(out _) ? [] : statement.Value.Tables;
    }

    /// <summary>The query as an engine gets it: without a semicolon at its end, and with texts in double quotes as texts.</summary>
    /// <param name="query">The SELECT.</param>
    /// <param name="find">A collection by the name of its table or view, whatever the case; null when there is none.</param>
    public static string Settled(string query, Func<string, Collection?> find) =>
        QuotedTexts.InStatement(query.Trim().TrimEnd(';').TrimEnd(), table => find(table)?.Fields.Select(field => field.Name));

    /// <summary>Infers the fields of a query, one a column; the fault's cause says in words what is wrong with it.</summary>
    /// <param name="query">The SELECT.</param>
    /// <param name="find">A collection by the name of its table or view, whatever the case; null when there is none.</param>
    public static Outcome<ImmutableArray<Field>> Infer(string query, Func<string, Collection?> find)
    {
        var parsed = SelectStatement.Parse(query);
        if (parsed.Failed(out var fault)) return fault;
        var statement = parsed.Value;
        Source[] sources = [.. statement.Sources.Select(source => new Source(source.Alias, source.Table is null ? null : find(source.Table)))];
        var fields = ImmutableArray.CreateBuilder<Field>();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var column in statement.Columns)
        {
            if (!IsFieldName(column.Name)) return Wrong($"the column {column.Name} needs a plain name: add AS and a name of letters, digits and underscores");
            if (!names.Add(column.Name)) return Wrong($"two columns are called {column.Name}");
            var field = FieldOf(column, sources);
            if (column.Name == "id") field = StockFields.Id with { Min = 0, Max = 0, AutogeneratePattern = "" };
            fields.Add(field with { Id = DerivedIds.OfField(field, new HashSet<string>()) });
        }
        return fields.Any(field => field.Name == "id") ? fields.ToImmutable() : Wrong("the query must have a column called id");
    }

    /// <summary>Where a column of a query comes from as it is; null when it is computed or cannot be found.</summary>
    /// <param name="query">The SELECT.</param>
    /// <param name="column">Name of the column.</param>
    /// <param name="find">As for <see cref="Infer"/>.</param>
    public static (Collection Collection, Field Field)? SourceOf(string query, string column, Func<string, Collection?> find)
    {
        var parsed = SelectStatement.Parse(query);
        if (parsed.Failed(out _)) return null;
        var statement = parsed.Value;
        if (statement.Columns.FirstOrDefault(own => own.Name == column) is not { } shown || !SelectStatement.IsPath(shown.Expression)) return null;
        return Find(shown.Expression, [.. statement.Sources.Select(source => new Source(source.Alias, source.Table is null ? null : find(source.Table)))]);
    }

    private sealed record Source(string Alias, Collection? Collection);

    private static Fault Wrong(string cause) => Fault.BadRequest("collections.view_query").Because(cause);

    private static bool IsFieldName(string name) => name.Length is > 0 and <= 100 && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private static Field FieldOf(SelectColumn column, Source[] sources)
    {
        var expression = column.Expression;
        if (SelectStatement.IsPath(expression) && Find(expression, sources) is { } found) return Copy(found.Collection, found.Field, column.Name);
        if (IsCall(expression, "count")) return new NumberField { Name = column.Name, OnlyInt = true, Computed = true };
        if (IsCall(expression, "total")) return new NumberField { Name = column.Name, Computed = true };
        if (IsCall(expression, "cast") && expression.Length > 5 && expression[^3].Is("AS"))
        {
            switch (expression[^2].Value.ToUpperInvariant())
            {
                case "INT" or "INTEGER": return new NumberField { Name = column.Name, OnlyInt = true };
                case "REAL" or "DECIMAL" or "NUMERIC": return new NumberField { Name = column.Name };
                case "TEXT": return new TextField { Name = column.Name };
                case "BOOL" or "BOOLEAN": return new BoolField { Name = column.Name };
            }
        }
        return new JsonField { Name = column.Name };
    }

    /// <summary>True when the whole expression is one call of the function.</summary>
    private static bool IsCall(ImmutableArray<SqlToken> expression, string function)
    {
        if (expression.Length < 3 || !expression[0].Is(function) || !expression[1].Is('(')) return false;
        var depth = 0;
        for (var i = 1; i < expression.Length; i++)
        {
            if (expression[i].Is('(')) depth++;
            if (expression[i].Is(')') && --depth == 0) return i == expression.Length - 1;
        }
        return false;
    }

    private static (Collection Collection, Field Field)? Find(ImmutableArray<SqlToken> path, Source[] sources)
    {
        foreach (var source in sources)
        {
            if (path.Length == 3 && !source.Alias.Equals(path[0].Value, StringComparison.OrdinalIgnoreCase)) continue;
            var field = source.Collection?.Fields.FirstOrDefault(field => field.Name.Equals(path[^1].Value, StringComparison.OrdinalIgnoreCase));
            if (field is not null) return (source.Collection!, field);
            // A source whose columns are unknown could be the one that is meant.
            if (source.Collection is null && path.Length == 1) return null;
        }
        return null;
    }

    /// <summary>A field under another name. The id of a record elsewhere is a reference to it; nothing is deleted, generated or required through a view.</summary>
    private static Field Copy(Collection owner, Field field, string name) => field switch
    {
        TextField { PrimaryKey: true } => new RelationField { Name = name, CollectionId = owner.Id, MaxSelect = 1 },
        TextField text => text with { Name = name, System = false, AutogeneratePattern = "" },
        RelationField relation => relation with { Name = name, System = false, CascadeDelete = false },
        _ => field with { Name = name, System = false },
    };
}
