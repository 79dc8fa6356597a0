using Hearth.Schema;
using Npgsql;
using NpgsqlTypes;

namespace Hearth.Data.Postgres;

/// <summary>Binds values. Each has a type of its own, so that the server need not guess and the text of a statement is prepared once.</summary>
internal static class PostgresParameters
{
    /// <summary>Adds the arguments of a statement in order.</summary>
    public static void Add(NpgsqlParameterCollection parameters, IReadOnlyList<SqlArgument> arguments)
    {
        for (var i = 0; i < arguments.Count; i++) parameters.Add(Of(arguments[i]));
    }

    /// <summary>One bound parameter.</summary>
    public static NpgsqlParameter Of(SqlArgument argument)
    {
        if (argument.IsInteger) return new NpgsqlParameter<long> { TypedValue = argument.Integer, NpgsqlDbType = NpgsqlDbType.Bigint };
        var value = argument.Value;
        return value.Kind switch
        {
            FieldValueKind.Text => Text(value.AsText),
            FieldValueKind.Number => new NpgsqlParameter<double> { TypedValue = value.AsNumber, NpgsqlDbType = NpgsqlDbType.Double },
            FieldValueKind.Bool => new NpgsqlParameter<bool> { TypedValue = value.AsBool, NpgsqlDbType = NpgsqlDbType.Boolean },
            FieldValueKind.List => new NpgsqlParameter<string[]> { TypedValue = [.. value.AsList.Select(Storable)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
            FieldValueKind.Json when value.AsJson != "null" => Text(value.AsJson),
            _ => new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
        };
    }

    /// <summary>The value as a column gives it back.</summary>
    public static FieldValue AsHeld(FieldValue value) => value.Kind switch
    {
        FieldValueKind.Text when Storable(value.AsText) is var text && text != value.AsText => FieldValue.Text(text),
        FieldValueKind.List when value.AsList.Any(item => Storable(item) != item) => FieldValue.List([.. value.AsList.Select(Storable)]),
        _ => value,
    };

    /// <summary>The text as a column can hold it.</summary>
    public static string AsHeld(string text) => Storable(text);

    private static NpgsqlParameter<string> Text(string text) => new NpgsqlParameter<string> { TypedValue = Storable(text), NpgsqlDbType = NpgsqlDbType.Text };

    // PostgreSQL's text holds every character but NUL, and only whole ones: what could not come from a stored text becomes U+FFFD.
    private static string Storable(string text)
    {
        var span = text.AsSpan();
        if (!span.Contains('\0') && !span.ContainsAnyInRange('\ud800', '\udfff')) return text;
        var characters = text.Replace('\0', '\ufffd').ToCharArray();
        for (var i = 0; i < characters.Length; i++)
        {
            if (!char.IsSurrogate(characters[i])) continue;
            if (char.IsHighSurrogate(characters[i]) && i + 1 < characters.Length && char.IsLowSurrogate(characters[i + 1])) i++;
            else characters[i] = '\ufffd';
        }
        return new string(characters);
    }
}
