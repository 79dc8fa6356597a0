using System.Buffers;
using System.Text;
using System.Text.Json;
using Hearth.Basics;
using Hearth.Http;
using Hearth.Http.Contracts;
using Hearth.Resources.Realtime;
using Microsoft.AspNetCore.Http;

namespace Hearth.Features.Accounts.OAuth2;

/// <summary>
/// Where a service sends a browser back to in the all-in-one flow (contract 7.6): the code goes to the client whose id the state is, which must be connected
/// from the same address and wait for it. The page that the browser sees says only whether that worked.
/// </summary>
internal sealed class OAuth2Redirect(StreamPost post, AppleNames names)
{
    private const string Topic = "@oauth2";
    private const string Success = "../_/#/auth/oauth2-redirect-success";
    private const string Failure = "../_/#/auth/oauth2-redirect-failure";

    // Codes of services have some hundred characters.
    private const int Longest = 4096;

    public static RouteContract ContractOf(string method)
    {
        var isPost = method == HttpMethods.Post;
        var contract = RouteContract.GivesHeaders(isPost ? StatusCodes.Status303SeeOther : StatusCodes.Status307TemporaryRedirect, "The browser goes on to a page that says whether it worked.", "Location");
        (string, Shape)[] values = [("state?", Shape.Text()), ("code?", Shape.Text()), ("error?", Shape.Text()), ("user?", Shape.Text("The name of the person, which Apple tells once."))];
        return isPost ? contract.Takes(Shape.Object("", values)) : contract.Asks("state", "Id of the client that waits.").Asks("code", "The code.").Asks("error", "Why there is none.");
    }

    public async ValueTask<Fault?> AnswerAsync(Exchange exchange)
    {
        var isPost = HttpMethods.IsPost(exchange.Http.Request.Method);
        var worked = await TellAsync(exchange, isPost ? await ReadFormAsync(exchange) : name => exchange.Query(name));
        var response = exchange.Http.Response;
        response.StatusCode = isPost ? StatusCodes.Status303SeeOther : StatusCodes.Status307TemporaryRedirect;
        response.Headers.Location = worked ? Success : Failure;
        response.Headers.CacheControl = "no-store";
        // The address holds the code: it is not told to any other page.
        response.Headers["Referrer-Policy"] = "no-referrer";
        return null;
    }

    private async ValueTask<bool> TellAsync(Exchange exchange, Func<string, string> read)
    {
        var (state, code, error) = (read("state"), read("code"), read("error"));
        if (state.Length == 0 || code.Length > Longest || error.Length > Longest) return false;
        var address = ClientAddress.Text(ClientAddress.Of(exchange.Http, exchange.Parts.Settings.Current.TrustedProxy));
        // Also a failure is told, so that the client need not wait for ever.
        if (!await post.DeliverOnceAsync(state, address, new StreamEvent(Topic, Message(state, code, error)), exchange.Stop)) return false;
        names.Remember(code, read("user"));
        return error.Length == 0 && code.Length > 0;
    }

    private static async ValueTask<Func<string, string>> ReadFormAsync(Exchange exchange)
    {
        if ((await exchange.ReadBodyAsync()).Failed(out _, out var body)) return static _ => "";
        return name => body.ReadText(name).Failed(out _, out var text) ? "" : text;
    }

    private static string Message(string state, string code, string error)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("state"u8, state);
            json.WriteString("code"u8, code);
            if (error.Length > 0) json.WriteString("error"u8, error);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
