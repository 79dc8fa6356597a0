using Hearth.Data;

namespace Hearth.Resources.Backups;

/// <summary>One backup or restore at a time, over all nodes.</summary>
internal sealed class BackupTurn(Engine engine, TimeProvider clock)
{
    private const string Name = "backups";

    private readonly Engine engine = engine;
    private readonly TimeProvider clock = clock;
    private readonly SemaphoreSlim own = new(1);

    /// <summary>Nothing is being done on this node.</summary>
    public bool IsFree => own.CurrentCount > 0;

    /// <summary>Takes the turn; null when another one has it. Dispose it to give it back.</summary>
    public async ValueTask<Held?> TryTakeAsync(CancellationToken stop)
    {
        if (!own.Wait(0, CancellationToken.None)) return null;
        var taken = false;
        try
        {
            taken = await engine.TakeLeaseAsync(Name, engine.Takeover, stop);
            return taken ? new Held(this, stop) : null;
        }
        finally
        {
            if (!taken) own.Release();
        }
    }

    /// <summary>The turn, kept until it is disposed.</summary>
    public sealed class Held : IAsyncDisposable
    {
        private readonly BackupTurn turn;
        private readonly CancellationTokenSource lost;
        private readonly CancellationTokenSource done = new();
        private readonly Task keeping;

        internal Held(BackupTurn turn, CancellationToken stop)
        {
            this.turn = turn;
            lost = CancellationTokenSource.CreateLinkedTokenSource(stop);
            keeping = KeepAsync();
        }

        /// <summary>Cancelled when the caller gives up, or the turn was lost to another node.</summary>
        public CancellationToken Stop => lost.Token;

        /// <inheritdoc/>
        public async ValueTask DisposeAsync()
        {
            await done.CancelAsync();
            await keeping;
            try
            {
                // Another node need not wait for its end.
                await turn.engine.TakeLeaseAsync(Name, TimeSpan.FromMilliseconds(1), CancellationToken.None);
            }
            catch (DataException)
            {
                // It ends by itself.
            }
            turn.own.Release();
            lost.Dispose();
            done.Dispose();
        }

        private async Task KeepAsync()
        {
            var lease = turn.engine.Takeover;
            var held = turn.clock.GetTimestamp();
            while (true)
            {
                try
                {
                    await Task.Delay(lease / 3, turn.clock, done.Token);
                }
                catch (OperationCanceledException)
                {
                    return;
                }
                try
                {
                    if (await turn.engine.TakeLeaseAsync(Name, lease, CancellationToken.None)) held = turn.clock.GetTimestamp();
                    else break;
                }
                catch (DataException) when (turn.clock.GetElapsedTime(held) < lease)
                {
                    // The database is away: it is still ours for the rest of its time.
                }
                catch (DataException)
                {
                    break;
                }
            }
            await lost.CancelAsync();
        }
    }
}
