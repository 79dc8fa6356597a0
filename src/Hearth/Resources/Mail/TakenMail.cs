using System.Text.Json.Serialization;

namespace Hearth.Resources.Mail;

/// <summary>A mail whose turn it is.</summary>
/// <param name="Order">What was ordered.</param>
/// <param name="Tries">Which try this is, from 1 on.</param>
/// <param name="IsLate">It makes no sense any more.</param>
internal sealed record TakenMail(MailOrder Order, int Tries, bool IsLate);

/// <summary>Pauses between two tries.</summary>
internal static class MailPauses
{
    // A server that is being restarted is back soon; one that refuses because of too much mail wants to be left alone.
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15),
        TimeSpan.FromMinutes(30), TimeSpan.FromHours(1), TimeSpan.FromHours(3), TimeSpan.FromHours(6), TimeSpan.FromHours(12),
    ];

    /// <summary>Tries until a mail is given up: about a day.</summary>
    public static int Most => Pauses.Length;

    /// <summary>The pause after a try, counted from 1.</summary>
    public static TimeSpan After(int tries) => Pauses[Math.Clamp(tries, 1, Most) - 1];
}

/// <summary>JSON of the data of an order, without reflection.</summary>
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class MailJson : JsonSerializerContext;
