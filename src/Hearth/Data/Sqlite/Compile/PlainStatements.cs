using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Data.Sqlite.Compile;

/// <summary>
/// The texts of the plainest plans, kept from request to request: one record by its id, records without a condition and order, a new row. They are
/// what most requests ask for, and compiling them costs more than running them. Everything else is compiled each time.
/// </summary>
internal sealed class PlainStatements
{
    private const int ColumnSetsKept = 8;
    private const int HasId = 1;
    private const int HasLimit = 2;
    private const int HasOffset = 4;
    private readonly ConditionalWeakTable<Collection, List<Kept>> byCollection = [];
    private readonly ConditionalWeakTable<Collection, Inserting> inserts = [];

    /// <summary>The rows of a plan as SQL.</summary>
    public SqlStatement Rows(ReadPlan plan)
    {
        if (!IsPlain(plan, out var id) || plan.From.Collection is not { } collection) return SelectCompiler.Rows(plan);
        var kept = byCollection.GetOrCreateValue(collection);
        foreach (var one in kept)
        {
            if (one.IsFor(plan.Columns)) return one.Rows(plan, id);
        }
        if (kept.Count == ColumnSetsKept) return SelectCompiler.Rows(plan);
        var added = new Kept(plan.Columns);
        kept.Add(added);
        return added.Rows(plan, id);
    }

    /// <summary>
    /// A new row as SQL: the text is the same for every row of a collection. The arguments are good until the next call for the collection.
    /// </summary>
    public SqlStatement Insert(InsertRow insert)
    {
        if (!inserts.TryGetValue(insert.Collection, out var kept))
        {
            kept = Inserting.Of(insert);
            inserts.Add(insert.Collection, kept);
        }
        return kept.With(insert);
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

    private sealed class Kept(ImmutableArray<OutputColumn> columns)
    {
        private readonly string?[] texts = new string?[8];

        public bool IsFor(ImmutableArray<OutputColumn> others)
        {
            if (columns == others) return true;
            if (columns.Length != others.Length) return false;
            for (var i = 0; i < columns.Length; i++)
            {
                if (!ReferenceEquals(columns[i].Field, others[i].Field)) return false;
            }
            return true;
        }

        public SqlStatement Rows(ReadPlan plan, string? id)
        {
            var hasPage = plan.Limit is not null || plan.Offset != 0;
            var shape = (id is null ? 0 : HasId) | (hasPage ? HasLimit : 0) | (plan.Offset == 0 ? 0 : HasOffset);
            if (texts[shape] is not { } text)
            {
                var compiled = SelectCompiler.Rows(plan);
                texts[shape] = compiled.Text;
                return compiled;
            }
            var arguments = new SqlArgument[System.Numerics.BitOperations.PopCount((uint)shape)];
            var next = 0;
            if (id is not null) arguments[next++] = SqlArgument.Of(FieldValue.Text(id));
            if (hasPage) arguments[next++] = SqlArgument.Of(plan.Limit ?? -1L);
            if (plan.Offset != 0) arguments[next] = SqlArgument.Of(plan.Offset);
            return new SqlStatement(text, arguments);
        }
    }

    // One array for all rows of a collection: a connection runs one statement after the other, and what is bound is copied.
    private sealed class Inserting(SqlStatement statement, SqlArgument[] arguments)
    {
        public static Inserting Of(InsertRow insert)
        {
            var arguments = new SqlArgument[insert.Collection.Fields.Length];
            return new Inserting(new SqlStatement(WriteCompiler.Compile(insert).Text, arguments), arguments);
        }

        public SqlStatement With(InsertRow insert)
        {
            var fields = insert.Collection.Fields;
            for (var i = 0; i < arguments.Length; i++) arguments[i] = SqlArgument.Of(WriteCompiler.Stored(fields[i], insert.Values[i]));
            return statement;
        }
    }
}
