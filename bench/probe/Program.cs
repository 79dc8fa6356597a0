using System.Diagnostics.Tracing;
using System.Globalization;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;

// Counts what a running .NET process allocates, from outside and without changing it.
//   probe PID    prints "ready", and after a line on standard input the bytes allocated since then
if (args is not [var text] || !int.TryParse(text, out var process))
{
    Console.Error.WriteLine("usage: probe PID");
    return 2;
}

var everySecond = new Dictionary<string, string> { ["EventCounterIntervalSec"] = "1" };
var client = new DiagnosticsClient(process);
using var session = client.StartEventPipeSession(new EventPipeProvider("System.Runtime", EventLevel.Informational, arguments: everySecond), requestRundown: false);
using var source = new EventPipeEventSource(session.EventStream);
var (bytes, counts) = (0.0, 0L);
var tick = new SemaphoreSlim(0);
source.Dynamic.All += seen =>
{
    if (seen.EventName != "EventCounters" || seen.PayloadValue(0) is not IDictionary<string, object> outer) return;
    if (outer["Payload"] is not IDictionary<string, object> counter || (string)counter["Name"] != "alloc-rate") return;
    bytes += (double)counter["Increment"];
    counts++;
    tick.Release();
};
var reading = Task.Run(source.Process);

await tick.WaitAsync();
var before = bytes;
Console.WriteLine("ready");
Console.ReadLine();
var until = Interlocked.Read(ref counts) + 2; // the next count may have begun before the end of the load
while (Interlocked.Read(ref counts) < until) await tick.WaitAsync();
Console.WriteLine((bytes - before).ToString("F0", CultureInfo.InvariantCulture));
session.Stop();
await reading;
return 0;
