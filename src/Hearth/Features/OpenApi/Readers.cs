using Hearth.Planning;
using Hearth.Planning.Rules;
using Hearth.Schema;

namespace Hearth.Features.OpenApi;

/// <summary>Who reads a description of the API; it tells each kind of reader what that kind may know of.</summary>
internal enum Reader
{
    /// <summary>Nobody has signed in.</summary>
    Guest,

    /// <summary>Somebody has, of whom only the rules know more.</summary>
    SignedIn,

    /// <summary>Sees everything.</summary>
    Superuser,
}

/// <summary>What readers may know of.</summary>
internal static class Readers
{
    /// <summary>The kind of a caller.</summary>
    public static Reader Of(Caller caller) => caller.IsSuperuser ? Reader.Superuser : caller.IsGuest ? Reader.Guest : Reader.SignedIn;

    /// <summary>
    /// The collections that a reader can reach in some way. One that only lets people in, and opens none of its records, comes with the fields that all of its kind have.
    /// </summary>
    public static IEnumerable<Collection> Known(Reader reader, IEnumerable<Collection> collections)
    {
        if (reader == Reader.Superuser) return collections;
        return collections.Where(collection => !collection.System).Select(collection => Shown(reader, collection)).OfType<Collection>();
    }

    private static Collection? Shown(Reader reader, Collection collection)
    {
        string?[] rules = [collection.ListRule, collection.ViewRule, collection.CreateRule, collection.UpdateRule, collection.DeleteRule];
        if (rules.Any(rule => MayHold(reader, rule))) return collection;
        return LetsIn(collection) ? collection with { Fields = [.. collection.Fields.Where(field => field.System)] } : null;
    }

    private static bool LetsIn(Collection collection) =>
        collection.Auth is { } auth && (auth.PasswordAuth.Enabled || auth.OAuth2.Enabled || auth.Otp.Enabled || auth.Passkeys.Enabled);

    private static bool MayHold(Reader reader, string? rule) => rule switch
    {
        null => false,
        "" => true,
        _ => reader != Reader.Guest || RuleParser.Parse(rule, out _) is { } parsed && MayHoldForGuests(parsed),
    };

    // What asks about the caller is taken for untrue of a guest, what asks about anything else for possible.
    private static bool MayHoldForGuests(ExpressionNode node) => node switch
    {
        AndNode all => all.Parts.All(MayHoldForGuests),
        OrNode any => any.Parts.Any(MayHoldForGuests),
        ComparisonNode comparison => !AsksAboutCaller(comparison.Left) && !AsksAboutCaller(comparison.Right),
        _ => true,
    };

    private static bool AsksAboutCaller(OperandNode operand) => operand switch
    {
        NameNode name => name.Name.StartsWith("@request.auth.", StringComparison.OrdinalIgnoreCase),
        CallNode call => call.Arguments.Any(AsksAboutCaller),
        _ => false,
    };
}
