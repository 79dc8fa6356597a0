using Hearth.Planning;

namespace Hearth.Data.Compile.Kept;

/// <summary>
/// SQL texts by the structure of plans, so that plans which differ in their values only are compiled once. Not for two threads at once:
/// each connection has its own, beside its prepared statements.
/// </summary>
internal sealed class KeptTexts(EngineWords words)
{
    private const int Most = 512;

    private readonly PlanShape shape = new(words);
    private readonly Dictionary<int, Kept> byHash = [];

    /// <summary>How many texts were compiled.</summary>
    public int Compiled { get; private set; }

    /// <summary>The statement of a plan. Its arguments are good until the next statement of the same structure is asked for.</summary>
    public SqlStatement Of(ReadPlan plan, Asked asked)
    {
        shape.Read(plan, asked);
        if (byHash.TryGetValue(shape.Hash, out var kept) && shape.Marks.SequenceEqual(kept.Marks)) return kept.With(shape.Values);
        var statement = SelectCompiler.Compile(plan, asked, words);
        Compiled++;
        if (byHash.Count >= Most) byHash.Clear(); // rare: an app has some dozens
        byHash[shape.Hash] = Kept.Of(statement, shape);
        return statement;
    }

    private sealed class Kept(Mark[] marks, SqlStatement statement, SqlArgument[] arguments, int[] positions)
    {
        public ReadOnlySpan<Mark> Marks => marks;

        public static Kept Of(SqlStatement statement, PlanShape shape)
        {
            var positions = new int[statement.Arguments.Count];
            for (var i = 0; i < positions.Length; i++)
            {
                var (owner, part) = statement.Origins[i];
                positions[i] = shape.PositionOf(owner) + part;
            }
            var arguments = new SqlArgument[positions.Length];
            return new Kept(shape.Marks.ToArray(), new SqlStatement(statement.Text, arguments), arguments, positions);
        }

        public SqlStatement With(IReadOnlyList<SqlArgument> values)
        {
            for (var i = 0; i < arguments.Length; i++) arguments[i] = values[positions[i]];
            return statement;
        }
    }
}
