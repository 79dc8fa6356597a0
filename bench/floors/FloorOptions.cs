namespace Hearth.Floors;

/// <summary>The command line of one floor.</summary>
/// <param name="Mode"><c>empty</c>, <c>hard-coded</c>, <c>hand-written</c>, <c>hand-written-postgres</c> or <c>static-files</c>.</param>
/// <param name="Url">Where it listens.</param>
/// <param name="Answer">File with the bytes that <c>empty</c> answers with; empty for the others.</param>
/// <param name="Data">SQLite file made by Hearth, or Npgsql's words for such a database on PostgreSQL; for <c>static-files</c> the folder; empty for <c>empty</c>.</param>
/// <param name="Secret">Key of the HS256 tokens that callers send, at least 32 bytes.</param>
/// <param name="Synchronous">SQLite's <c>synchronous</c>: FULL survives power loss, NORMAL may lose the last commits then.</param>
internal sealed record FloorOptions(string Mode, string Url, string Answer, string Data, string Secret, string Synchronous)
{
    /// <summary>Reads the command line; null when it is not understood.</summary>
    public static FloorOptions? Parse(string[] args)
    {
        if (args.Length % 2 == 0 || args[0] is not ("empty" or "hard-coded" or "hand-written" or "hand-written-postgres" or "static-files")) return null;
        var named = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 1; i < args.Length; i += 2) named[args[i]] = args[i + 1];

        var options = new FloorOptions(
            args[0],
            $"http://{named.GetValueOrDefault("--http", "127.0.0.1:8095")}",
            named.GetValueOrDefault("--answer", ""),
            named.GetValueOrDefault("--data", ""),
            named.GetValueOrDefault("--secret", ""),
            named.GetValueOrDefault("--synchronous", "FULL"));
        var complete = options.Mode == "empty" ? File.Exists(options.Answer)
            : options.Mode == "static-files" ? Directory.Exists(options.Data)
            : (options.Mode == "hand-written-postgres" ? options.Data.Length > 0 : File.Exists(options.Data)) && options.Secret.Length >= 32;
        return complete && options.Synchronous is "FULL" or "NORMAL" ? options : null;
    }
}
