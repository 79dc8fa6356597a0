using System.Text.Json;

namespace Hearth.Tests.Realtime;

/// <summary>A client that listens to a collection, loses its stream now and then, and comes back to any node with its last position.</summary>
internal sealed class Comer(Func<TestApp> node, string? token, Random random, string topic = "items/*")
{
    /// <summary>What it heard, in order.</summary>
    public List<(string Position, string Action, string Id, int N)> Heard { get; } = [];

    /// <summary>How often it was told to load anew.</summary>
    public int TooOld { get; private set; }

    /// <summary>How often it lost its stream.</summary>
    public int Losses { get; private set; }

    /// <summary>It listens for the first time.</summary>
    public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Listens until it is over and everything that it should hear was heard.</summary>
    public async Task RunAsync(Func<Comer, bool> isOver)
    {
        var position = "now";
        while (!isOver(this))
        {
            try
            {
                await using var stream = await Listener.OpenAsync(node());
                var wanted = new { clientId = stream.Id, subscriptions = new[] { topic }, position };
                if ((int)(await stream.SendAsync(wanted, token)).Status != 204) continue;
                var stays = random.Next(30, 400);
                for (var began = Environment.TickCount64; !isOver(this) && Environment.TickCount64 - began < stays;)
                {
                    var next = stream.NextAsync();
                    while (!next.IsCompleted && !isOver(this) && Environment.TickCount64 - began < stays) await Task.WhenAny(next, Task.Delay(10));
                    // Whatever is on its way is lost with the stream.
                    if (!next.IsCompleted) break;
                    var (name, data) = await next;
                    if (name == "@resume")
                    {
                        if (!data.GetProperty("resumed").GetBoolean()) TooOld++;
                        position = data.GetProperty("position").GetString()!;
                        Begun.TrySetResult();
                        continue;
                    }
                    position = data.GetProperty("position").GetString()!;
                    var record = data.GetProperty("record");
                    Heard.Add((position, data.GetProperty("action").GetString()!, record.GetProperty("id").GetString()!, record.GetProperty("n").GetInt32()));
                }
                Losses++;
            }
            catch (Exception e) when (e is IOException or HttpRequestException or JsonException or ObjectDisposedException or TaskCanceledException)
            {
                // The node is gone.
                await Task.Delay(10);
            }
        }
    }
}
