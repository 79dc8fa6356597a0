using Hearth.Basics;
using Hearth.Features.Files.Resumable;
using Hearth.Http;
using Hearth.Http.Contracts;
using Hearth.Http.Output;
using Hearth.Resources.Tokens;

namespace Hearth.Features.Files;

/// <summary>
/// Serves the files of records (contract 8). Uploads come with the records themselves. Routes: <c>/api/files/*</c>. Tables: <c>_fileDebts</c>, bytes that are being
/// written or are to go; <c>_fileUploads</c>, files that come piece by piece.
/// </summary>
internal sealed class FilesFeature : Feature
{
    /// <inheritdoc/>
    public override string Name => "files";

    /// <inheritdoc/>
    public override void Setup(FeatureSetup setup)
    {
        setup.Map(new RouteDefinition
        {
            Method = "POST", Path = "/api/files/token", Guard = Guard.SignedIn,
            Handler = exchange => TokenAnswer.SendAsync(exchange, setup.Tokens, TokenKind.File),
            Summary = "A short-lived token for the addresses of protected files.",
            Contract = TokenAnswer.Contract,
        });
        setup.Map(new RouteDefinition
        {
            // Who sent the Authorization header does not matter here, so neither does the scope of an API key.
            Method = "GET", Path = "/api/files/{collection}/{recordId}/{filename}", Tags = ["file"], LooksAtScope = true,
            Handler = new SendFile(setup).HandleAsync,
            Summary = "A file of a record, whole or in part, or a smaller picture of it.",
            Contract = SentBlob.Contract("*/*", "The file, whole or in part.")
                .Asks("token", "A file token, for protected files.")
                .Asks("thumb", "Size of a smaller picture, such as 100x100 or 0x200.")
                .Asks("format", "Another format for the picture.")
                .Asks("quality", "Quality of the picture.")
                .Asks("focus", "The part of the picture that must be seen.")
                .Asks("download", "Any value makes browsers save the file."),
        });
        new ResumableRoutes(setup).Map();
        // Not sooner than it can be known that a node is gone.
        setup.Signals.Every("files.debts", setup.Engine.Takeover * 4, setup.Debts.TidyAsync);
        setup.Schemas.Changed.Add(_ => setup.Debts.PaySoon());
        setup.OnStop(setup.Debts.StopAsync);
    }
}
