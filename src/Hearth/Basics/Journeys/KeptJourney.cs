namespace Hearth.Basics.Journeys;

/// <summary>A journey that has ended and is kept.</summary>
/// <param name="Journey">The steps.</param>
/// <param name="Why"><c>slow</c>, <c>failed</c>, <c>asked</c> or <c>sampled</c>.</param>
/// <param name="Engine">What kind of database answered.</param>
/// <param name="Node">Which node answered; null where there is one only.</param>
internal sealed record KeptJourney(Journey Journey, string Why, string Engine, string? Node);
