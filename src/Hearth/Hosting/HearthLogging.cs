using Microsoft.Extensions.Logging;

namespace Hearth.Hosting;

/// <summary>How the program's log is set up where Hearth is the whole program.</summary>
public static class HearthLogging
{
    /// <summary>
    /// Leaves it to Hearth's own log to say when requests begin and end. While the host's log of requests may be listened to at any level, the host
    /// makes an activity for each request, which costs as much as finding a record.
    /// </summary>
    public static ILoggingBuilder LeaveRequestsToHearth(this ILoggingBuilder logging) =>
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
}
