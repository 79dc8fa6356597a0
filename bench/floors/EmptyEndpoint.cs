namespace Hearth.Floors;

/// <summary>Floor (a): Kestrel and one terminal delegate that answers every request with the same bytes. No routing, no logging.</summary>
internal static class EmptyEndpoint
{
    public static WebApplication Build(FloorOptions options)
    {
        var answer = File.ReadAllBytes(options.Answer);
        var app = LeanHost.Create(options);
        app.Run(async context =>
        {
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = answer.Length;
            await context.Response.BodyWriter.WriteAsync(answer);
        });
        return app;
    }
}
