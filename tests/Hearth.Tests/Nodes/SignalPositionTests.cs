using FsCheck;
using FsCheck.Fluent;
using Hearth.Data.Postgres.Nodes;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Nodes;

/// <summary>Nothing is missed and nothing told twice, in whatever order transactions take ids and commit.</summary>
[RunsOnce]
public sealed class SignalPositionTests
{
    [Fact]
    public void Every_committed_id_is_told_once() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(
        ArbMap.Default.ArbFor<int[]>(),
        steps =>
        {
            var table = new Table();
            var position = new SignalPosition();
            position.Begin([]);
            var told = new List<long>();
            foreach (var step in steps) Do(table, position, told, step);
            table.EndAll();
            Read(table, position, told);
            // What was missed in that one, if anything, is given up in the next.
            Read(table, position, told);

            told.Order().ShouldBe(table.Committed);
            position.Missing.ShouldBeEmpty();
        }));

    [Fact]
    public void What_is_behind_the_beginning_is_not_told_but_what_is_under_way_is()
    {
        var table = new Table();
        for (var i = 0; i < 3; i++)
        {
            table.Begin();
            table.TakeId(i);
        }
        table.End(2, commit: true);
        table.End(0, commit: true);
        var position = new SignalPosition();
        position.Begin([.. table.Committed]);
        position.Mark(table.Own());
        var told = new List<long>();
        Read(table, position, told);
        told.ShouldBeEmpty();
        table.EndAll();
        Read(table, position, told);
        told.ShouldBe([2]);
    }

    private static void Do(Table table, SignalPosition position, List<long> told, int step)
    {
        var rest = Math.Abs((long)step) / 4;
        switch (Math.Abs((long)step) % 4)
        {
            case 0: table.Begin(); break;
            case 1: table.TakeId((int)(rest % Math.Max(1, table.Running))); break;
            case 2: table.End((int)(rest % Math.Max(1, table.Running)), commit: rest % 3 != 0); break;
            default: Read(table, position, told); break;
        }
    }

    private static void Read(Table table, SignalPosition position, List<long> told)
    {
        var seen = table.Committed.Where(id => id > position.Last || position.Missing.Contains(id)).ToList();
        told.AddRange(seen);
        position.Take(seen, table.Oldest);
        if (position.HasUnmarked) position.Mark(table.Own());
    }

    /// <summary>Transactions that take one id each: the number of the transaction first, then, some time later, the id, and end in any order.</summary>
    private sealed class Table
    {
        private readonly List<(long Number, long? Id)> running = [];
        private readonly SortedSet<long> committed = [];
        private long ids;
        private long next = 100;

        public long Oldest => running.Count == 0 ? next : running.Min(t => t.Number);

        public int Running => running.Count;

        public IEnumerable<long> Committed => committed;

        public void Begin() => running.Add((next++, null));

        public void TakeId(int index)
        {
            if (index < running.Count && running[index].Id is null) running[index] = (running[index].Number, ++ids);
        }

        /// <summary>The number of a transaction that ends at once.</summary>
        public long Own() => next++;

        public void End(int index, bool commit)
        {
            if (index >= running.Count) return;
            if (commit && running[index].Id is { } id) committed.Add(id);
            running.RemoveAt(index);
        }

        public void EndAll()
        {
            while (running.Count > 0) End(0, commit: true);
        }
    }
}
