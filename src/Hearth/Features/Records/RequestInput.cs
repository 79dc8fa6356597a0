using Hearth.Basics;
using Hearth.Http;
using Hearth.Http.Input;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Records.Reading;
using Hearth.Schema;

namespace Hearth.Features.Records;

/// <summary>What the record routes read from a request in the same way.</summary>
internal static class RequestInput
{
    /// <summary>The facts of a request that needs no body; one that is there all the same is seen by the rules.</summary>
    public static ValueTask<Outcome<RequestFacts>> FactsAsync(Exchange exchange) => HasBody(exchange)
        ? ReadFactsAsync(exchange)
        : ValueTask.FromResult<Outcome<RequestFacts>>(exchange.Facts);

    /// <summary>The body as a submission.</summary>
    public static ValueTask<Submission> SubmissionOf(RequestBody body, Collection collection, CancellationToken stop) =>
        body.Files.Count == 0 ? new(new Submission(body.Values)) : UploadInput.SubmissionAsync(collection, body.Values, body.Files.Select(static file => (file.Name, file)), stop);

    /// <summary>Which keys of each record are wanted; null when all are.</summary>
    public static Func<string, bool>? WantsOf(Exchange exchange) => exchange.Picker is { } picker ? picker.Wants : null;

    /// <summary>Which relations to follow; null for none, also when the <c>fields</c> parameter leaves them out again.</summary>
    public static ExpandTree? ExpandOf(Exchange exchange) =>
        exchange.Picker is { } picker && !picker.Wants("expand") ? null : ExpandTree.Parse(exchange.Query("expand"));

    /// <summary>True when something comes with the request.</summary>
    public static bool HasBody(Exchange exchange) => exchange.Http.Request.ContentLength is > 0 || exchange.Http.Request.Headers.TransferEncoding.Count > 0;

    private static async ValueTask<Outcome<RequestFacts>> ReadFactsAsync(Exchange exchange) =>
        (await exchange.ReadBodyAsync()).Failed(out var fault, out var body) ? fault : exchange.FactsWith(body.Values);
}
