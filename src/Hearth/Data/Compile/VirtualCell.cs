namespace Hearth.Data.Compile;

/// <summary>A value of a row that is not stored, as it is bound.</summary>
/// <param name="Argument">The value as its column would hold it.</param>
/// <param name="IsBareNumber">JSON that is nothing but a number: a column would make a number of it.</param>
internal readonly record struct VirtualCell(SqlArgument Argument, bool IsBareNumber);
