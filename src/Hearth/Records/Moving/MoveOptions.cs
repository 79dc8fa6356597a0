namespace Hearth.Records.Moving;

/// <summary>What a move may do, and who hears of it.</summary>
public sealed record MoveOptions
{
    /// <summary>
    /// Leave out views and indexes that the target's database refuses, instead of refusing the move. Their SQL was written for the other engine;
    /// they are told, so that they can be made anew.
    /// </summary>
    public bool SkipRefused { get; init; }

    /// <summary>
    /// Move values that the target or their own field cannot hold as Hearth would show them, instead of refusing the move: a NUL character becomes
    /// U+FFFD, a text in a number field 0. Each is told.
    /// </summary>
    public bool MendValues { get; init; }

    /// <summary>Somebody goes on writing to the source: what it holds at the moment of the beginning is moved, and compared with what arrived.</summary>
    public bool Live { get; init; }

    /// <summary>Told now and then how far the move is. Must be quick.</summary>
    public Action<MoveProgress>? OnProgress { get; init; }

    /// <summary>Told in a sentence what a person should know: values that were mended, views that were left out.</summary>
    public Action<string>? OnNote { get; init; }

    /// <summary>Which files go along, by their paths relative to the folder; null takes all but databases.</summary>
    internal Func<string, bool>? Files { get; init; }

    /// <summary>Told of each value that is mended, in place of <see cref="OnNote"/>.</summary>
    internal Action<OddValue>? OnOdd { get; init; }

    /// <summary>Done when both sides were compared, just before the target is given free.</summary>
    internal Func<CancellationToken, Task>? BeforeRelease { get; init; }

    /// <summary>How a person runs it again.</summary>
    internal string Command { get; init; } = MoveMarker.Move;

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}

/// <summary>What a move is doing.</summary>
public enum MoveStage
{
    /// <summary>Reads the source to the end, to know that everything fits the target before anything is written.</summary>
    Checking,

    /// <summary>Copies records.</summary>
    Copying,

    /// <summary>Copies uploaded files.</summary>
    CopyingFiles,

    /// <summary>Reads the records of both sides and compares.</summary>
    Comparing,

    /// <summary>Reads the files of both sides and compares.</summary>
    ComparingFiles,
}

/// <summary>How far a move is.</summary>
/// <param name="Stage">What it does.</param>
/// <param name="Name">Name of the collection or file.</param>
/// <param name="Done">Records or files of this stage that are done.</param>
/// <param name="Total">How many there are in this stage.</param>
public sealed record MoveProgress(MoveStage Stage, string Name, long Done, long Total);

/// <summary>What was moved.</summary>
/// <param name="Collections">Collections with records of their own, system ones included.</param>
/// <param name="Records">Records in them.</param>
/// <param name="Views">Views that were made.</param>
/// <param name="Files">Files that were copied, now or by an earlier run.</param>
/// <param name="Resumed">Records that an earlier run had copied already.</param>
/// <param name="Mended">Values that are not what the source holds.</param>
/// <param name="LeftOut">Views and indexes that the target refused, each in a sentence.</param>
public sealed record MoveReport(int Collections, long Records, int Views, long Files, long Resumed, long Mended, IReadOnlyList<string> LeftOut);
