namespace Hearth.Resources.Passwords;

/// <summary>For what a password is hashed.</summary>
internal enum HashingPurpose
{
    /// <summary>To compare it with a stored one: somebody signs in.</summary>
    Compare,

    /// <summary>To store it: somebody signs up, or gets a new password.</summary>
    Store,
}

/// <summary>
/// Hashing takes turns, on threads of its own: half of the processors at most, so that the rest and the threads that answer requests stay free however
/// many people sign in at once. Who would wait for too long is sent away at once. Each purpose waits in a line of its own and the lines take turns, so that a
/// storm of sign-ups takes half of the turns at most from those who sign in.
/// </summary>
internal sealed class HashingTurns(int? threads = null)
{
    // About twenty seconds of work on each thread: more would wait in vain, as most clients have given up by then.
    private const int MostWaiting = 1000;
    private readonly int most = threads ?? Math.Max(1, Environment.ProcessorCount / 2);
    private readonly Lock gate = new();
    private readonly LinkedList<TaskCompletionSource>[] lines = [new(), new()];
    private int working;
    private int next;

    /// <summary>Runs slow work when its turn comes. Throws <see cref="PasswordsBusyException"/> when too many wait already.</summary>
    public async Task<T> RunAsync<T>(HashingPurpose purpose, Func<T> work, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        if (Enter(lines[(int)purpose]) is { } place) await WaitAsync(lines[(int)purpose], place, stop);
        try
        {
            return await Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
        }
        finally
        {
            Leave();
        }
    }

    // Null: it is the caller's turn at once.
    private LinkedListNode<TaskCompletionSource>? Enter(LinkedList<TaskCompletionSource> line)
    {
        lock (gate)
        {
            if (working < most)
            {
                working++;
                return null;
            }
            if (line.Count >= MostWaiting * most) throw new PasswordsBusyException();
            return line.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }
    }

    private async Task WaitAsync(LinkedList<TaskCompletionSource> line, LinkedListNode<TaskCompletionSource> place, CancellationToken stop)
    {
        await using var leaving = stop.Register(() =>
        {
            lock (gate)
            {
                if (place.List is null) return; // its turn has come
                line.Remove(place);
            }
            place.Value.SetCanceled(stop);
        });
        await place.Value.Task;
    }

    // The turn goes to the other line than the last one did, unless nobody waits there.
    private void Leave()
    {
        TaskCompletionSource? waiting;
        lock (gate)
        {
            var line = lines[next].Count > 0 ? lines[next] : lines[1 - next];
            if (line.First is not { } first)
            {
                working--;
                return;
            }
            next = ReferenceEquals(line, lines[0]) ? 1 : 0;
            waiting = first.Value;
            line.RemoveFirst();
        }
        waiting.SetResult();
    }
}

/// <summary>More people sign in than passwords can be compared; they should try again in a moment.</summary>
public sealed class PasswordsBusyException() : Exception("Too many passwords wait to be compared.");
