using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Hearth.Floors.HandWritten;

/// <summary>Who sends a request, by the framework's own token handler.</summary>
internal static class Callers
{
    /// <summary>A function that gives the id of the user whose token a request carries; null without a good one.</summary>
    public static Func<HttpRequest, Task<string?>> Of(string secret)
    {
        var handler = new JsonWebTokenHandler();
        var expected = new TokenValidationParameters
        {
            IssuerSigningKey = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(secret)),
            ValidateIssuer = false,
            ValidateAudience = false,
        };
        return async request =>
        {
            var token = request.Headers.Authorization.ToString();
            if (token.Length == 0) return null;
            var result = await handler.ValidateTokenAsync(token, expected);
            return result.IsValid ? result.Claims["id"] as string : null;
        };
    }
}
