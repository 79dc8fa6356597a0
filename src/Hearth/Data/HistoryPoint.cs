namespace Hearth.Data;

/// <summary>A place in the history that an engine writes while it is kept: see <see cref="Engine.KeepHistoryAsync"/>.</summary>
/// <param name="Line">Name of an unbroken line of changes.</param>
/// <param name="Number">Number of the next piece of that line.</param>
public sealed record HistoryPoint(string Line, long Number);
