using System.Collections.Concurrent;
using System.Net;
using Hearth.Basics;
using Hearth.Planning;
using Hearth.Resources.Settings;

namespace Hearth.Http;

/// <summary>What a rate limit is asked for.</summary>
/// <param name="Client">Address of the client.</param>
/// <param name="Caller">Who calls.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path of the request.</param>
/// <param name="Collection">Name of the collection for tagged routes; empty for others.</param>
/// <param name="Tags">Tags of the route (contract 7.14); empty for others.</param>
public readonly record struct RateQuestion(IPAddress? Client, Caller Caller, string Method, string Path, string Collection, IReadOnlyList<string> Tags);

/// <summary>What a rate limit has counted.</summary>
/// <param name="Rule">The rule; null when none is for the request.</param>
/// <param name="Used">Requests in this window, this one among them.</param>
public readonly record struct RateCount(RateLimitRule? Rule, int Used);

/// <summary>
/// Rate limits by the rules of the settings (contract 10.3): fixed windows per client address that begin with the first request. A change
/// of the settings begins all windows anew.
/// </summary>
public sealed class RateLimiter(SettingsStore settings, TimeProvider clock)
{
    // Above this many windows the ended ones are removed before another is made, so that many addresses cannot fill the memory.
    private const int SweepAt = 50_000;

    // A year, so that the end of a window is always a time that can be told.
    private const long LongestSeconds = 31_536_000;
    private static readonly Fault TooMany = Fault.Of(429, "rate.limited", "Too Many Requests.");
    private volatile Book? book;

    /// <summary>Counts the request. Returns the 429 when it is one too many.</summary>
    /// <param name="question">The request.</param>
    /// <param name="count">The rule that counted it, and how many it has counted.</param>
    public Fault? Check(in RateQuestion question, out RateCount count)
    {
        count = default;
        var current = settings.Current;
        if (!current.RateLimits.Enabled || question.Caller.IsSuperuser) return null;
        var rules = book is { } held && ReferenceEquals(held.Settings, current) ? held : Renew(current);
        return rules.Excluded.Contains(question.Client) || rules.Allows(question, clock.GetTimestamp(), clock.TimestampFrequency, out count) ? null : TooMany;
    }

    private Book Renew(AppSettings current)
    {
        var fresh = new Book(current);
        var before = book;
        return Interlocked.CompareExchange(ref book, fresh, before) == before ? fresh : book ?? fresh;
    }

    private readonly record struct WindowKey(string Scope, string Collection, string Route, string Audience, IPAddress? Client);

    private sealed class Window(long ends)
    {
        public readonly long Ends = ends;
        public int Count;
    }

    private sealed class Book(AppSettings settings)
    {
        private readonly ConcurrentDictionary<WindowKey, Window> windows = new();

        public AppSettings Settings { get; } = settings;

        public AddressList Excluded { get; } = new(settings.RateLimits.ExcludedIPs);

        public bool Allows(in RateQuestion question, long now, long frequency, out RateCount count)
        {
            count = default;
            if (Find(question) is not { } rule) return true;
            var client = ClientAddress.NetworkOf(question.Client);
            var tagged = question.Tags.Count > 0;
            var key = tagged
                ? new WindowKey("", question.Collection, question.Tags[0], rule.Audience, client)
                : new WindowKey(rule.Label, "", "", rule.Audience, client);
            while (true)
            {
                if (!windows.TryGetValue(key, out var window) || window.Ends <= now)
                {
                    if (windows.Count >= SweepAt) Sweep(now);
                    var fresh = new Window(now + (Math.Min(rule.Duration, LongestSeconds) * frequency));
                    var kept = window is null ? windows.GetOrAdd(key, fresh) : windows.TryUpdate(key, fresh, window) ? fresh : null;
                    if (kept is null) continue;
                    window = kept;
                }
                count = new RateCount(rule, Interlocked.Increment(ref window.Count));
                return count.Used <= rule.MaxRequests;
            }
        }

        private RateLimitRule? Find(in RateQuestion question)
        {
            foreach (var tag in question.Tags)
            {
                if (Find(new RateLabel(question.Collection, ':', tag), question.Caller) is { } rule) return rule;
            }
            foreach (var tag in question.Tags)
            {
                if (Find(new RateLabel("*", ':', tag), question.Caller) is { } rule) return rule;
            }
            return Find(new RateLabel(question.Method, ' ', question.Path), question.Caller) ?? Find(new RateLabel("", ' ', question.Path), question.Caller);
        }

        private RateLimitRule? Find(in RateLabel label, Caller caller)
        {
            foreach (var rule in Settings.RateLimits.Rules)
            {
                if (Fits(rule, caller) && label.Is(rule.Label)) return rule;
            }
            foreach (var rule in Settings.RateLimits.Rules)
            {
                if (Fits(rule, caller) && label.IsBelow(rule.Label)) return rule;
            }
            return null;
        }

        private static bool Fits(RateLimitRule rule, Caller caller) => rule.Audience switch
        {
            "@guest" => caller.IsGuest,
            "@auth" => !caller.IsGuest,
            _ => true,
        };

        private void Sweep(long now)
        {
            foreach (var (key, window) in windows)
            {
                if (window.Ends <= now) windows.TryRemove(KeyValuePair.Create(key, window));
            }
        }
    }
}
