using System.Collections.Immutable;
using Hearth.Basics;
using Hearth.Planning.Rules;
using Hearth.Schema;

namespace Hearth.Planning.Binding;

/// <summary>Binds the functions of contract 2.6.</summary>
internal sealed class FunctionBinder(Scope scope, OperandBinder operands)
{
    /// <summary>Most arguments of <c>strftime</c> (contract 2.2).</summary>
    public const int MaxDateArguments = 10;

    /// <summary>The operand, or null with a problem in the scope.</summary>
    public Operand? Bind(CallNode call) => call.Name switch
    {
        "geoDistance" => Distance(call),
        "strftime" => Date(call),
        _ => scope.Fail<Operand>($"There is no function \"{call.Name}\"; there are geoDistance and strftime", call.Start),
    };

    private GeoDistance? Distance(CallNode call)
    {
        if (call.Arguments.Length != 4) return scope.Fail<GeoDistance>("geoDistance takes longitude and latitude of two places", call.Start);
        var parts = new Operand[4];
        for (var i = 0; i < 4; i++)
        {
            if (call.Arguments[i] is not (NumberNode or NameNode))
            {
                return scope.Fail<GeoDistance>("geoDistance takes numbers and fields only", call.Arguments[i].Start);
            }
            if (operands.Bind(call.Arguments[i]) is not { } part) return null;
            parts[i] = part;
        }
        return new GeoDistance(parts[0], parts[1], parts[2], parts[3]);
    }

    private DateFormat? Date(CallNode call)
    {
        if (call.Arguments.Length is 0 or > MaxDateArguments) return scope.Fail<DateFormat>($"strftime takes 1 to {MaxDateArguments} arguments", call.Start);
        if (call.Arguments[0] is not TextNode format) return scope.Fail<DateFormat>("The format of strftime must be a text", call.Arguments[0].Start);
        // "Now" is one moment for the whole plan, so that two comparisons cannot disagree.
        Operand? time = new Literal(FieldValue.Text(DateText.Of(scope.Facts.Now)));
        if (call.Arguments.Length > 1)
        {
            if (call.Arguments[1] is CallNode inner) return scope.Fail<DateFormat>("The time of strftime must be a field, a text or a number", inner.Start);
            if (call.Arguments[1] is not TextNode { Value: var text } || !text.Equals("now", StringComparison.OrdinalIgnoreCase)) time = operands.Bind(call.Arguments[1]);
        }
        if (time is null) return null;
        var modifiers = ImmutableArray.CreateBuilder<string>();
        foreach (var argument in call.Arguments.Skip(2))
        {
            if (argument is not TextNode modifier) return scope.Fail<DateFormat>("The modifiers of strftime must be texts", argument.Start);
            // Every zone is UTC, so going from one to the other changes nothing, whatever the zone of the server is.
            if (!modifier.Value.Equals("utc", StringComparison.OrdinalIgnoreCase) && !modifier.Value.Equals("localtime", StringComparison.OrdinalIgnoreCase)) modifiers.Add(modifier.Value);
        }
        return new DateFormat(format.Value, time, modifiers.ToImmutable());
    }
}
