using Microsoft.AspNetCore.Http.HttpResults;

namespace Hearth.Floors.HandWritten;

/// <summary>
/// Floor (c): what a good C# developer writes by hand: minimal API, Dapper, compiled JSON, one write at a time, and the framework's
/// own token handler. The routes are those of floor (b).
/// </summary>
internal static class HandWrittenApp
{
    public static WebApplication Build(FloorOptions options)
    {
        var builder = Begin(options);
        builder.Services.AddSingleton(new Database(options.Data, options.Synchronous));
        builder.Services.AddSingleton<Posts>();

        var app = builder.Build();
        var user = Callers.Of(options.Secret);

        app.MapGet("/posts/{id}", Results<Ok<Post>, NotFound> (string id, Posts posts) => posts.One(id) is { } post ? TypedResults.Ok(post) : TypedResults.NotFound());
        app.MapGet("/posts", (long? from, long? to, string? expand, string? author, Posts posts) =>
            author is not null ? posts.ListByAuthor(author)
            : expand is "author" ? posts.ListExpanded(from ?? 0, to ?? 0)
            : posts.List(from ?? 0, to ?? 0));
        app.MapGet("/drafts", async Task<Results<Ok<Listing<Draft>>, UnauthorizedHttpResult>> (long from, long to, HttpRequest request, Posts posts) =>
            await user(request) is { } id ? TypedResults.Ok(posts.ListMine(from, to, id)) : TypedResults.Unauthorized());
        app.MapPost("/posts", async Task<Results<Ok<Post>, BadRequest>> (NewPost post, Posts posts) =>
            await posts.CreateAsync(post) is { } created ? TypedResults.Ok(created) : TypedResults.BadRequest());
        app.MapPatch("/posts/{id}", async Task<Results<Ok<Post>, BadRequest>> (string id, PostPatch patch, Posts posts) =>
            await posts.UpdateAsync(id, patch) is { } changed ? TypedResults.Ok(changed) : TypedResults.BadRequest());
        app.MapPost("/batch", async Task<Results<Ok<List<BatchAnswer>>, BadRequest>> (BatchRequest batch, Posts posts) =>
            await posts.CreateAllAsync(batch) is { } answers ? TypedResults.Ok(answers) : TypedResults.BadRequest());
        return app;
    }

    /// <summary>A slim application with compiled JSON that logs nothing but warnings.</summary>
    public static WebApplicationBuilder Begin(FloorOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls(options.Url).ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, Json.Default));
        return builder;
    }
}
