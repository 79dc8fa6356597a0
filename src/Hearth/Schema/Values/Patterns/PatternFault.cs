namespace Hearth.Schema.Values.Patterns;

/// <summary>A regular expression that is not valid; the message says what is wrong.</summary>
internal sealed class PatternFault(string message) : Exception(message);
