using Hearth.Features;

namespace Hearth.Tests.Nodes;

/// <summary>A feature with work that one node does for all.</summary>
internal sealed class Worker(TimeSpan interval, Action work) : Feature
{
    public override string Name => "worker";

    public override void Setup(FeatureSetup setup) => setup.Signals.Every("worker", interval, _ =>
    {
        work();
        return ValueTask.CompletedTask;
    });
}
