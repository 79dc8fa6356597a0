using System.Runtime.CompilerServices;
using Hearth.Planning;
using Hearth.Schema;

namespace Hearth.Data.Compile.Kept;

/// <summary>The texts by which rows are added: the same for every row of a collection. Not for two threads at once.</summary>
internal sealed class KeptInserts(EngineWords words)
{
    private readonly ConditionalWeakTable<Collection, Inserting> byCollection = [];

    /// <summary>A new row as SQL. The arguments are good until the next call for the collection.</summary>
    public SqlStatement Of(InsertRow insert)
    {
        if (!byCollection.TryGetValue(insert.Collection, out var kept))
        {
            kept = Inserting.Of(insert, words);
            byCollection.Add(insert.Collection, kept);
        }
        return kept.With(insert);
    }

    // One array for all rows of a collection: a connection runs one statement after the other, and what is bound is copied.
    private sealed class Inserting(SqlStatement statement, SqlArgument[] arguments, EngineWords words)
    {
        public static Inserting Of(InsertRow insert, EngineWords words)
        {
            var arguments = new SqlArgument[insert.Collection.Fields.Length];
            return new Inserting(new SqlStatement(WriteCompiler.Compile(insert, words).Text, arguments), arguments, words);
        }

        public SqlStatement With(InsertRow insert)
        {
            var fields = insert.Collection.Fields;
            for (var i = 0; i < arguments.Length; i++) arguments[i] = SqlArgument.Of(words.Stored(fields[i], insert.Values[i]));
            return statement;
        }
    }
}
