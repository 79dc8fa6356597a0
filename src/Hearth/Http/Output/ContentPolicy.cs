namespace Hearth.Http.Output;

/// <summary>What pages of the server may load and run (Content Security Policy Level 3).</summary>
internal static class ContentPolicy
{
    /// <summary>Stands in the built page where the nonce of an answer belongs.</summary>
    public const string NonceMark = "__NONCE__";

    /// <summary>The page without built files: one file, with its script and style in it. It shows nothing that anybody has sent.</summary>
    public const string OfSmallPage =
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

    /// <summary>
    /// The dashboard: scripts only where its page names them with the nonce of this answer, and what those load themselves. That a script is from this server is not
    /// enough, because so are uploaded files. Style elements only with the nonce, which its component library carries; nothing from other hosts. See decision 51.
    /// </summary>
    public static string OfDashboard(string nonce) =>
        $"default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic'; style-src 'self' 'nonce-{nonce}'; connect-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self' data:; " +
        "worker-src 'self' blob:; frame-src 'self' blob:; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";
}
