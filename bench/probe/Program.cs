using System.Globalization;
using Hearth.Probe;

// Looks at what a running .NET process allocates, from outside and without changing it.
//   probe PID          prints "ready", and after a line on standard input the bytes allocated since then
//   probe PID types    the same, but then the share of each type in what was allocated, a line each: percent, tab, type
if (args is not ([_] or [_, "types"]) || !int.TryParse(args[0], out var process))
{
    Console.Error.WriteLine("usage: probe PID [types]");
    return 2;
}

if (args.Length == 1)
{
    using var counter = await AllocationCounter.StartAsync(process);
    Console.WriteLine("ready");
    Console.ReadLine();
    Console.WriteLine((await counter.StopAsync()).ToString("F0", CultureInfo.InvariantCulture));
    return 0;
}

using var types = await TypeSampler.StartAsync(process);
Console.WriteLine("ready");
Console.ReadLine();
foreach (var (type, share) in await types.StopAsync()) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{100 * share:F1}\t{type}"));
return 0;
