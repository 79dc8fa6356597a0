using Hearth.Floors.HandWritten;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Hearth.Floors.HandWrittenPostgres;

/// <summary>
/// Floor (d): what a good C# developer writes by hand for PostgreSQL: minimal API, Npgsql with a pool and prepared statements, one way to the
/// server for each request, compiled JSON, and the framework's own token handler. The routes are those of floor (b).
/// </summary>
internal static class HandWrittenPostgresApp
{
    public static WebApplication Build(FloorOptions options)
    {
        var builder = HandWrittenApp.Begin(options);
        builder.Services.AddSingleton(NpgsqlDataSource.Create(options.Data));
        builder.Services.AddSingleton<PostgresPosts>();

        var app = builder.Build();
        var user = Callers.Of(options.Secret);

        app.MapGet("/posts/{id}", async Task<Results<Ok<Post>, NotFound>> (string id, PostgresPosts posts, CancellationToken stop) =>
            await posts.OneAsync(id, stop) is { } post ? TypedResults.Ok(post) : TypedResults.NotFound());
        app.MapGet("/posts", (long? from, long? to, string? expand, string? author, PostgresPosts posts, CancellationToken stop) =>
            author is not null ? posts.ListByAuthorAsync(author, stop)
            : expand is "author" ? posts.ListExpandedAsync(from ?? 0, to ?? 0, stop)
            : posts.ListAsync(from ?? 0, to ?? 0, stop));
        app.MapGet("/drafts", async Task<Results<Ok<Listing<Draft>>, UnauthorizedHttpResult>> (long from, long to, HttpRequest request, PostgresPosts posts, CancellationToken stop) =>
            await user(request) is { } id ? TypedResults.Ok(await posts.ListMineAsync(from, to, id, stop)) : TypedResults.Unauthorized());
        app.MapPost("/posts", async Task<Results<Ok<Post>, BadRequest>> (NewPost post, PostgresPosts posts, CancellationToken stop) =>
            await posts.CreateAsync(post, stop) is { } created ? TypedResults.Ok(created) : TypedResults.BadRequest());
        app.MapPatch("/posts/{id}", async Task<Results<Ok<Post>, BadRequest>> (string id, PostPatch patch, PostgresPosts posts, CancellationToken stop) =>
            await posts.UpdateAsync(id, patch, stop) is { } changed ? TypedResults.Ok(changed) : TypedResults.BadRequest());
        app.MapPost("/batch", async Task<Results<Ok<List<BatchAnswer>>, BadRequest>> (BatchRequest batch, PostgresPosts posts, CancellationToken stop) =>
            await posts.CreateAllAsync(batch, stop) is { } answers ? TypedResults.Ok(answers) : TypedResults.BadRequest());
        return app;
    }
}
