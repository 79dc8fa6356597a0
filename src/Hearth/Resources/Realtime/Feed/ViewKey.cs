using Hearth.Planning;
using Hearth.Resources.Realtime.Topics;
using Hearth.Schema;

namespace Hearth.Resources.Realtime.Feed;

/// <summary>What decides whether, and in which form, an event reaches a client: clients of one key share one question to the database and one text.</summary>
/// <param name="Rule">The rule that is asked; null for superusers, who need none.</param>
/// <param name="Options">Options of the topic, where they matter.</param>
/// <param name="Who">The record that asks, where it matters.</param>
/// <param name="Scope">What an API key is held to.</param>
internal readonly record struct ViewKey(string? Rule, string Options, string Who, CallerScope? Scope)
{
    private const string Superuser = "superuser";
    private const string Anybody = "";

    /// <summary>The key of a client's topic; null when nothing can reach it.</summary>
    public static ViewKey? Of(Collection collection, Listeners listeners, Caller caller, string owner)
    {
        if (!caller.May(collection, listeners.IsList ? RecordActions.List : RecordActions.View)) return null;
        var rule = listeners.IsList ? collection.ListRule : collection.ViewRule;
        if (rule is null && !caller.IsSuperuser) return null;
        var topic = listeners.Topic;
        var isPlain = topic.Filter.Length == 0 && topic.Expand.Length == 0;
        var options = isPlain && topic.Fields.Length == 0 && !Asks(rule, "@request.query") && !Asks(rule, "@request.headers") ? "" : topic.Options;
        if (caller.IsSuperuser) return new ViewKey(null, options, Superuser, caller.Scope);
        // Addresses of accounts are shown by caller, and what a filter or expand reaches hangs on rules of its own.
        var isOwn = !isPlain || collection.Type == CollectionType.Auth || Asks(rule, "@request.auth");
        return new ViewKey(rule, options, isOwn ? owner : Anybody, caller.Scope);
    }

    private static bool Asks(string? rule, string what) => rule is not null && rule.Contains(what, StringComparison.Ordinal);
}
