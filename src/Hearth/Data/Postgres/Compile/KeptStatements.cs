using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Data.Postgres.Compile;

/// <summary>
/// The texts of the plainest plans, kept from request to request: one record by its id, records without a condition and order, a new row.
/// Everything else is compiled each time. Safe for any number of sessions at once; what belongs to an old schema goes with it.
/// </summary>
internal sealed class KeptStatements
{
    private const int ColumnSetsKept = 8;

    private readonly ConditionalWeakTable<Collection, ConcurrentDictionary<Shape, string>> rows = [];
    private readonly ConditionalWeakTable<Collection, string> inserts = [];

    /// <summary>The rows of a plan as SQL.</summary>
    public SqlStatement Rows(ReadPlan plan)
    {
        if (!IsPlain(plan, out var id) || plan.From.Collection is not { } collection) return SelectCompiler.Rows(plan);
        var kept = rows.GetOrCreateValue(collection);
        var shape = new Shape(plan.Columns, id is not null, plan.Limit is not null, plan.Offset != 0);
        if (!kept.TryGetValue(shape, out var text))
        {
            var compiled = SelectCompiler.Rows(plan);
            // Columns that are made anew for every request would fill it up.
            if (kept.Count < ColumnSetsKept * 8) kept.TryAdd(shape, compiled.Text);
            return compiled;
        }
        var arguments = new List<SqlArgument>(3);
        if (id is not null) arguments.Add(SqlArgument.Of(FieldValue.Text(id)));
        if (plan.Limit is { } limit) arguments.Add(SqlArgument.Of((long)limit));
        if (plan.Offset != 0) arguments.Add(SqlArgument.Of(plan.Offset));
        return new SqlStatement(text, arguments);
    }

    /// <summary>The change of a plan as SQL.</summary>
    public SqlStatement Change(WritePlan plan)
    {
        if (plan is not InsertRow insert) return WriteCompiler.Compile(plan);
        if (!inserts.TryGetValue(insert.Collection, out var text))
        {
            var compiled = WriteCompiler.Compile(insert);
            inserts.AddOrUpdate(insert.Collection, compiled.Text);
            return compiled;
        }
        var fields = insert.Collection.Fields;
        var arguments = new SqlArgument[fields.Length];
        for (var i = 0; i < arguments.Length; i++) arguments[i] = SqlArgument.Of(WriteCompiler.Stored(fields[i], insert.Values[i]));
        return new SqlStatement(text, arguments);
    }

    private static bool IsPlain(ReadPlan plan, out string? id)
    {
        id = null;
        if (plan.From.VirtualRow is not null || !plan.Sort.IsEmpty || plan.Columns.IsEmpty) return false;
        switch (plan.Where)
        {
            case null: break;
            case IdIn { Ids: [var only] } one when one.Of == plan.From: id = only; break;
            default: return false;
        }
        foreach (var column in plan.Columns)
        {
            if (column.VisibleWhen is not null) return false;
        }
        return true;
    }

    /// <summary>What decides the text. Two sets of columns are the same when they are one array.</summary>
    private readonly record struct Shape(ImmutableArray<OutputColumn> Columns, bool HasId, bool HasLimit, bool HasOffset);
}
