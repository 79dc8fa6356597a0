using System.Net.Sockets;
using Hearth.Data;
using Microsoft.AspNetCore.Connections;

namespace Hearth.Cli.Serving;

/// <summary>Why the server could not start, in words for the person who typed the command.</summary>
internal static class StartProblem
{
    /// <summary>The reason, or null for what is no ordinary reason.</summary>
    public static string? Of(Exception exception, ServePlan plan) => exception switch
    {
        DataException data => data.Message,
        IOException { InnerException: AddressInUseException } => $"{plan.Address.Url} is already in use by another program. Choose another address with --http.",
        IOException { InnerException: SocketException socket } => $"Cannot listen on {plan.Address.Url}: {socket.Message}.",
        SocketException socket => $"Cannot listen on {plan.Address.Url}: {socket.Message}.",
        UnauthorizedAccessException or IOException or InvalidDataException => exception.Message,
        _ => null,
    };
}
