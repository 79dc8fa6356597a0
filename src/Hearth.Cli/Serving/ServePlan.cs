using Hearth.App;

namespace Hearth.Cli.Serving;

/// <summary>What the command line asked <c>serve</c> for.</summary>
internal sealed record ServePlan
{
    /// <summary>Where to listen.</summary>
    public required ListenAddress Address { get; init; }

    /// <summary>Where the data is.</summary>
    public required DataPlace Data { get; init; }

    /// <summary>The superuser that is made when there is none; null makes none.</summary>
    public FirstAccount? FirstSuperuser { get; init; }

    /// <summary>Folder of the files served at <c>/</c>; null serves none.</summary>
    public string? PublicDirectory { get; init; }

    /// <summary>Origins that pages may call from; empty means any.</summary>
    public required IReadOnlyList<string> Origins { get; init; }

    /// <summary>It runs on a developer's machine.</summary>
    public bool Development { get; init; }

    /// <summary>Longest time for a search of a client's own.</summary>
    public TimeSpan SearchLimit { get; init; } = new HearthOptions().SearchLimit;

    /// <summary>The dashboard; null when it was not built into the program, or is not wanted.</summary>
    public DashboardFiles? Dashboard { get; init; }

    /// <summary>Load the demo first.</summary>
    public bool Demo { get; init; }
}
