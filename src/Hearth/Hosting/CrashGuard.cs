using Hearth.Basics;
using Hearth.Data;
using Hearth.Http;
using Hearth.Http.Input;
using Hearth.Resources.Blobs;
using Hearth.Resources.Passwords;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hearth.Hosting;

/// <summary>
/// What a client is told when something threw: outages of the database are a 503, bugs a 500 with a short id that is also in the log. No
/// inner message ever leaves.
/// </summary>
internal sealed partial class CrashGuard(ILogger logger)
{
    // Not an HTTP status of any standard; seen in logs only, for clients that went away (as nginx writes it).
    private const int ClientGone = 499;

    /// <summary>Answers, when the response has not begun, and returns what goes to the log.</summary>
    public async ValueTask<Fault> AnswerAsync(Exchange exchange, Exception thrown)
    {
        var http = exchange.Http;
        var fault = thrown switch
        {
            OperationCanceledException or IOException when http.RequestAborted.IsCancellationRequested || IsCut(thrown) => Fault.Of(ClientGone, "client.gone", "The client went away."),
            BadHttpRequestException { StatusCode: 413 } => BodyReader.TooLarge,
            BadHttpRequestException e => Fault.Of(e.StatusCode, "request.malformed", Fault.BadRequest("").Message).Because(e.Message),
            DataException e => OfData(e.Fault),
            BlobException e => OfBlobs(e),
            PasswordsBusyException e => Fault.Of(503, "accounts.busy", "Too many people sign in at the moment. Please try again.").Because(e.Message) with { RetryAfter = 10 },
            _ => Incident(),
        };
        if (fault.Status == ClientGone) return fault;
        // An outage says the same with every request; where it was noticed tells nothing.
        if (fault.Status >= 500 && thrown is DataException or BlobException or PasswordsBusyException) Refused(logger, fault.Code, fault.Cause ?? "", http.Request.Method, http.Request.Path);
        else if (fault.Status >= 500) Crashed(logger, fault.Code, fault.Cause ?? "", http.Request.Method, http.Request.Path, thrown);
        if (http.Response.HasStarted)
        {
            http.Abort();
            return fault;
        }
        // A response that a handler prepared must not colour this one.
        http.Response.Headers.ContentLength = null;
        await FaultWriter.WriteAsync(http, fault, CancellationToken.None);
        return fault.Status >= 500 ? fault.Because($"{fault.Cause} {thrown.GetType().Name}: {thrown.Message}".Trim()) : fault;
    }

    // Who reads the body of a connection that the server cuts hears of it before the request itself does.
    private static bool IsCut(Exception thrown) => thrown is ConnectionAbortedException or ConnectionResetException or { InnerException: ConnectionAbortedException or ConnectionResetException };

    private static Fault Incident()
    {
        var id = RandomText.Of(8, RandomText.LowerAlphabet);
        var data = new FaultMap().Add("incident", new FieldFault("server_incident", $"Something failed inside the server. Its operator finds more in the log under {id}."));
        return new Fault(500, "server.crash", Fault.BadRequest("").Message, data).Because(id);
    }

    private static Fault OfData(DataFault fault) => fault.Kind switch
    {
        DataFaultKind.Stale => Unavailable("data.stale", "The schema is being changed. Please try again.", 1, fault),
        DataFaultKind.Busy => Unavailable("data.busy", "The database is busy. Please try again.", 1, fault),
        DataFaultKind.Full => Fault.Of(507, "data.full", "The server has no room to store anything. Nothing was changed.").Because(fault.Detail) with { RetryAfter = 60 },
        DataFaultKind.Unavailable => Unavailable("data.unavailable", "The database cannot be reached at the moment.", 10, fault),
        DataFaultKind.Uncertain => Unavailable("data.uncertain", "The database went away while this was being stored. Look whether it was before you try again.", 10, fault),
        DataFaultKind.Timeout => Unavailable("data.timeout", "The request took too long.", 10, fault),
        _ => Fault.BadRequest("data.refused").Because(fault.Detail),
    };

    private static Fault OfBlobs(BlobException e) => e.Problem switch
    {
        BlobProblem.InvalidKey => Fault.NotFound("files.no_such_key"),
        BlobProblem.Full => Fault.Of(507, "files.full", "The server has no room for more files. Nothing was stored."),
        _ => Fault.Of(503, "files.unavailable", "The place where files are kept cannot be reached at the moment. Please try again.") with { RetryAfter = 10 },
    };

    private static Fault Unavailable(string code, string message, int seconds, DataFault fault) =>
        Fault.Of(503, code, message).Because(fault.Detail) with { RetryAfter = seconds };

    [LoggerMessage(2, LogLevel.Error, "{Code} {Cause} at {Method} {Path}")]
    private static partial void Refused(ILogger logger, string code, string cause, string method, string path);

    [LoggerMessage(1, LogLevel.Error, "{Code} {Cause} at {Method} {Path}")]
    private static partial void Crashed(ILogger logger, string code, string cause, string method, string path, Exception thrown);
}
