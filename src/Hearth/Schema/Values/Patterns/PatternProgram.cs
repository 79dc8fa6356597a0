using System.Text;

namespace Hearth.Schema.Values.Patterns;

/// <summary>
/// A regular expression ready to be asked. All ways through it are followed at once (Thompson's construction), so that the time grows with the length of the
/// text times that of the pattern and no text can make it explode.
/// </summary>
internal sealed class PatternProgram
{
    private const int MostSteps = 20_000;

    private readonly List<Step> steps = [];
    private readonly int start;

    private PatternProgram(PatternNode node) => start = Add(node, Put(new Step(StepKind.Match, 0, 0, null, default)));

    private enum StepKind
    {
        Match,
        Character,
        Fork,
        Place,
    }

    /// <summary>Compiles a pattern.</summary>
    /// <exception cref="PatternFault">It is not valid, or too large.</exception>
    public static PatternProgram Of(string pattern) => new(PatternReader.Read(pattern));

    /// <summary>Whether some part of the text matches.</summary>
    public bool IsMatch(string text)
    {
        var (now, next) = (new Threads(steps.Count), new Threads(steps.Count));
        var (at, before) = (0, -1);
        while (true)
        {
            var current = -1;
            var length = 0;
            if (at < text.Length) current = Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out length) == System.Buffers.OperationStatus.Done ? rune.Value : 0xFFFD;
            // A match may begin at each character.
            if (Follow(now, start, before, current)) return true;
            if (current < 0) return false;
            next.Clear();
            var following = at + length < text.Length ? Peek(text, at + length) : -1;
            foreach (var thread in now.Waiting)
            {
                var step = steps[thread];
                if (step.Set!.Contains(current) && Follow(next, step.Next, current, following)) return true;
            }
            (now, next) = (next, now);
            (before, at) = (current, at + length);
        }
    }

    private static int Peek(string text, int at) => Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out _) == System.Buffers.OperationStatus.Done ? rune.Value : 0xFFFD;

    // Everything that is reached without taking a character; true when that is a match.
    private bool Follow(Threads threads, int from, int before, int after)
    {
        var open = threads.Open;
        open.Push(from);
        while (open.TryPop(out var at))
        {
            if (!threads.Visit(at)) continue;
            var step = steps[at];
            switch (step.Kind)
            {
                case StepKind.Match:
                    open.Clear();
                    return true;
                case StepKind.Character:
                    threads.Waiting.Add(at);
                    break;
                case StepKind.Fork:
                    open.Push(step.Other);
                    open.Push(step.Next);
                    break;
                case StepKind.Place when Holds(step.Place, before, after):
                    open.Push(step.Next);
                    break;
            }
        }
        return false;
    }

    private static bool Holds(PatternPlace place, int before, int after) => place switch
    {
        PatternPlace.TextStart => before < 0,
        PatternPlace.TextEnd => after < 0,
        PatternPlace.LineStart => before is < 0 or '\n',
        PatternPlace.LineEnd => after is < 0 or '\n',
        PatternPlace.WordEdge => UnicodeSets.Words.Contains(before) != UnicodeSets.Words.Contains(after),
        _ => UnicodeSets.Words.Contains(before) == UnicodeSets.Words.Contains(after),
    };

    private int Put(Step step)
    {
        if (steps.Count >= MostSteps) throw new PatternFault("The pattern is too large.");
        steps.Add(step);
        return steps.Count - 1;
    }

    /// <summary>Adds a part that goes on at <paramref name="next"/>; returns where it begins.</summary>
    private int Add(PatternNode node, int next)
    {
        switch (node)
        {
            case PatternNode.Character character:
                return Put(new Step(StepKind.Character, next, 0, character.Set, default));
            case PatternNode.At place:
                return Put(new Step(StepKind.Place, next, 0, null, place.Place));
            case PatternNode.Sequence sequence:
                for (var i = sequence.Parts.Length - 1; i >= 0; i--) next = Add(sequence.Parts[i], next);
                return next;
            case PatternNode.Choice choice:
                var first = Add(choice.Options[^1], next);
                for (var i = choice.Options.Length - 2; i >= 0; i--) first = Put(new Step(StepKind.Fork, Add(choice.Options[i], next), first, null, default));
                return first;
            case PatternNode.Repeat repeat:
                return AddRepeat(repeat, next);
            default:
                throw new NotSupportedException($"A {node.GetType().Name} has no steps.");
        }
    }

    private int AddRepeat(PatternNode.Repeat repeat, int next)
    {
        var end = next;
        if (repeat.Most < 0)
        {
            var fork = Put(new Step(StepKind.Fork, 0, end, null, default));
            steps[fork] = steps[fork] with { Next = Add(repeat.Part, fork) };
            next = fork;
        }
        else
        {
            for (var i = repeat.Least; i < repeat.Most; i++) next = Put(new Step(StepKind.Fork, Add(repeat.Part, next), end, null, default));
        }
        for (var i = 0; i < repeat.Least; i++) next = Add(repeat.Part, next);
        return next;
    }

    private readonly record struct Step(StepKind Kind, int Next, int Other, CodePoints? Set, PatternPlace Place);

    /// <summary>The places of the program that are reached at one character of the text.</summary>
    private sealed class Threads(int count)
    {
        private readonly int[] visited = new int[count];
        private int round = 1;

        public List<int> Waiting { get; } = [];

        public Stack<int> Open { get; } = [];

        public bool Visit(int at)
        {
            if (visited[at] == round) return false;
            visited[at] = round;
            return true;
        }

        public void Clear()
        {
            round++;
            Waiting.Clear();
        }
    }
}
