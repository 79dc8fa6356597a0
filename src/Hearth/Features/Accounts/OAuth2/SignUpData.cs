using System.Text.Json;
using Hearth.Basics;
using Hearth.Data;
using Hearth.Features.Accounts.OAuth2.Providers;
using Hearth.Planning;
using Hearth.Records;
using Hearth.Schema;

namespace Hearth.Features.Accounts.OAuth2;

/// <summary>What the record of somebody new is made of: what the client sent, completed by what the service tells (contract 7.6).</summary>
internal static class SignUpData
{
    // More than can be guessed, and within the limits of an ordinary password field.
    private const int PasswordLength = 30;

    /// <summary>Completes what the client sent.</summary>
    public static async ValueTask<Submission> CompleteAsync(Engine engine, Collection collection, Arrival arrival, PictureDownload pictures, CancellationToken stop)
    {
        var (sent, person) = (arrival.CreateData, arrival.Person);
        var data = new Dictionary<string, JsonElement>(sent, StringComparer.Ordinal);
        void Add(string field, string value)
        {
            // A file field takes files; its picture comes below.
            if (value.Length > 0 && collection.FindField(field) is { } found and not FileField) data.TryAdd(found.Name, Json(value));
        }
        if (new Submission(data).Text("email").Length == 0 && person.Email.Length > 0) data["email"] = Json(person.Email);
        var mapped = collection.Auth?.OAuth2.MappedFields ?? new OAuth2MappedFields();
        Add(mapped.Id, person.Id);
        Add(mapped.Name, person.Name);
        if (await FitsAsync(engine, collection, mapped.Username, person.Username, stop)) Add(mapped.Username, person.Username);
        Add(mapped.AvatarUrl, person.AvatarUrl);
        if (new Submission(data).Text("password").Length == 0)
        {
            data["password"] = data["passwordConfirm"] = Json(RandomPassword(collection));
        }
        return collection.FindField(mapped.AvatarUrl) is FileField field && !data.ContainsKey(field.Name) && await pictures.FindAsync(field, person.AvatarUrl, stop) is { } picture
            ? new Submission(collection, data, [picture])
            : new Submission(data);
    }

    /// <summary>A password that nobody knows.</summary>
    public static string RandomPassword(Collection collection) =>
        RandomText.Of(collection.FindField("password") is PasswordField { Max: > 0 } field ? (int)Math.Min(PasswordLength, field.Max) : PasswordLength);

    /// <summary>A text as JSON.</summary>
    public static JsonElement Json(string text) => JsonSerializer.SerializeToElement(text, PlainJson.Default.String);

    // A name that somebody else has, or that this collection does not allow, is left out: it must not keep its owner out.
    private static async ValueTask<bool> FitsAsync(Engine engine, Collection collection, string name, string username, CancellationToken stop)
    {
        if (collection.FindField(name) is not TextField field || username.Length == 0) return true;
        if (field.Check(FieldValue.Text(username)) is not null) return false;
        if (!collection.HasUniqueIndexOn(field.Name)) return true;
        var from = new BaseSource(collection);
        // Without regard to case, because the index may look at it so.
        var same = new Compare(new Lower(new Column(from, field)), CompareOperator.Equal, new Lower(new Literal(FieldValue.Text(username))), false);
        using var session = await engine.ReadAsync(stop);
        return !await session.AnyAsync(new ReadPlan { From = from, Where = same }, stop);
    }
}
