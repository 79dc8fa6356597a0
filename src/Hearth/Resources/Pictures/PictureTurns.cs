namespace Hearth.Resources.Pictures;

/// <summary>Runs what takes processor time on threads of its own, a bounded number at once, so that those that answer requests stay free.</summary>
internal sealed class PictureTurns(int most)
{
    private readonly SemaphoreSlim turns = new(most);
    private readonly SemaphoreSlim large = new(1);

    /// <summary>Waits for a turn and does the work.</summary>
    /// <param name="alone">Not beside another that is alone; it still counts as one of the many.</param>
    /// <param name="work">Waits for files as it is; what takes processor time goes through <see cref="ApartAsync"/>.</param>
    /// <param name="stop">Gives up waiting.</param>
    public async Task<T> RunAsync<T>(bool alone, Func<Task<T>> work, CancellationToken stop)
    {
        if (alone) await large.WaitAsync(stop);
        try
        {
            await turns.WaitAsync(stop);
            try
            {
                return await work();
            }
            finally
            {
                turns.Release();
            }
        }
        finally
        {
            if (alone) large.Release();
        }
    }

    /// <summary>Runs slow work on a thread of its own. Only within a turn.</summary>
    public static Task<T> ApartAsync<T>(Func<T> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
}
