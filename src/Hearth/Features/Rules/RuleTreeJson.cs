using System.Text.Json;
using Hearth.Planning;
using Hearth.Planning.Reading;
using Hearth.Schema;

namespace Hearth.Features.Rules;

/// <summary>Writes a rule as it was understood.</summary>
internal static class RuleTreeJson
{
    /// <summary>A group, a comparison, or null for no rule at all.</summary>
    public static void Write(Utf8JsonWriter json, RuleTree? tree)
    {
        switch (tree)
        {
            case RuleGroup group:
                json.WriteStartObject();
                json.WriteString("op"u8, group.All ? "and" : "or");
                json.WriteStartArray("parts"u8);
                foreach (var part in group.Parts) Write(json, part);
                json.WriteEndArray();
                json.WriteEndObject();
                break;
            case RuleComparison comparison:
                json.WriteStartObject();
                json.WriteString("op"u8, Sign(comparison.Operator));
                json.WriteBoolean("any"u8, comparison.Any);
                json.WritePropertyName("left"u8);
                Term(json, comparison.Left);
                json.WritePropertyName("right"u8);
                Term(json, comparison.Right);
                json.WriteEndObject();
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }

    private static void Term(Utf8JsonWriter json, RuleTerm term)
    {
        json.WriteStartObject();
        json.WriteString("kind"u8, term.Kind.ToString().ToLowerInvariant());
        if (term.Name.Length > 0) json.WriteString("name"u8, term.Name);
        if (term.Path.Length > 0) json.WriteString("path"u8, term.Path);
        if (term.Collection.Length > 0) json.WriteString("collection"u8, term.Collection);
        if (term.Type is { } type) json.WriteString("type"u8, type.WireName());
        if (term.Target.Length > 0) json.WriteString("target"u8, term.Target);
        if (term.Modifier.Length > 0) json.WriteString("modifier"u8, term.Modifier);
        if (term.Many) json.WriteBoolean("many"u8, true);
        if (term.Via.Length > 0)
        {
            json.WriteStartArray("via"u8);
            foreach (var name in term.Via) json.WriteStringValue(name);
            json.WriteEndArray();
        }
        switch (term.Kind)
        {
            case RuleTermKind.Text: json.WriteString("value"u8, term.Value.AsText); break;
            case RuleTermKind.Number: json.WriteNumber("value"u8, term.Value.AsNumber); break;
            case RuleTermKind.Bool: json.WriteBoolean("value"u8, term.Value.AsBool); break;
            case RuleTermKind.Null: json.WriteNull("value"u8); break;
            case RuleTermKind.Function:
                json.WriteStartArray("args"u8);
                foreach (var argument in term.Arguments) Term(json, argument);
                json.WriteEndArray();
                break;
        }
        json.WriteEndObject();
    }

    private static string Sign(CompareOperator comparison) => comparison switch
    {
        CompareOperator.Equal => "=",
        CompareOperator.NotEqual => "!=",
        CompareOperator.Greater => ">",
        CompareOperator.GreaterOrEqual => ">=",
        CompareOperator.Less => "<",
        CompareOperator.LessOrEqual => "<=",
        CompareOperator.Like => "~",
        _ => "!~",
    };
}
