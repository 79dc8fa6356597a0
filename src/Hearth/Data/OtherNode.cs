namespace Hearth.Data;

/// <summary>Another process that uses the same data at this moment.</summary>
/// <param name="Id">What signals of it carry, see <see cref="Signal.Node"/>.</param>
/// <param name="Machine">Name of its machine.</param>
public sealed record OtherNode(string Id, string Machine);
