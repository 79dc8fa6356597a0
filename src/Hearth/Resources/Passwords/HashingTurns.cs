namespace Hearth.Resources.Passwords;

/// <summary>
/// Hashing takes turns, on threads of its own: half of the processors at most, so that the rest and the threads that answer requests stay free however
/// many people sign in at once. Who would wait for too long is sent away at once.
/// </summary>
internal sealed class HashingTurns
{
    // About twenty seconds of work on each thread: more would wait in vain, as most clients have given up by then.
    private const int MostWaiting = 1000;
    private readonly int most = Math.Max(1, Environment.ProcessorCount / 2);
    private readonly SemaphoreSlim turns;
    private int waiting;

    public HashingTurns() => turns = new SemaphoreSlim(most);

    /// <summary>Runs slow work when its turn comes. Throws <see cref="PasswordsBusyException"/> when too many wait already.</summary>
    public async Task<T> RunAsync<T>(Func<T> work, CancellationToken stop)
    {
        if (Interlocked.Increment(ref waiting) > MostWaiting * most)
        {
            Interlocked.Decrement(ref waiting);
            throw new PasswordsBusyException();
        }
        try
        {
            await turns.WaitAsync(stop);
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
        try
        {
            return await Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
        }
        finally
        {
            turns.Release();
        }
    }
}

/// <summary>More people sign in than passwords can be compared; they should try again in a moment.</summary>
public sealed class PasswordsBusyException() : Exception("Too many passwords wait to be compared.");
