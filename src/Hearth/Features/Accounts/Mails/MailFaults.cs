using System.Text;
using System.Text.Json.Serialization;
using Hearth.Basics;

namespace Hearth.Features.Accounts.Mails;

/// <summary>What can be wrong with texts that are sent to the routes about mails.</summary>
internal static class MailFaults
{
    /// <summary>A text of another length.</summary>
    public static FieldFault LengthBetween(int least, int most) =>
        new("validation_length_out_of_range", $"The length must be between {least} and {most}.", new Dictionary<string, object?> { ["max"] = most, ["min"] = least });

    /// <summary>What is wrong with a text that must be there and not too long; null when nothing is.</summary>
    public static FieldFault? CheckText(string text, int most) =>
        text.Length == 0 ? FieldFault.Required : Encoding.UTF8.GetByteCount(text) > most ? LengthBetween(1, most) : null;
}

/// <summary>JSON of single values, without reflection.</summary>
[JsonSerializable(typeof(string))]
internal sealed partial class MailValues : JsonSerializerContext;
