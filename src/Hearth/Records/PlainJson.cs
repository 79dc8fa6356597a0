using System.Text.Json.Serialization;

namespace Hearth.Records;

/// <summary>JSON of plain values without reflection.</summary>
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(double))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class PlainJson : JsonSerializerContext;
