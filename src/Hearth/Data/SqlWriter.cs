using System.Globalization;
using System.Text;
using Hearth.Schema;

namespace Hearth.Data;

/// <summary>Builds one statement: text, quoted names and numbered parameters. What the engines share; words that differ are theirs.</summary>
/// <param name="parameterMark">What stands before the number of a parameter: <c>?</c> or <c>$</c>.</param>
public sealed class SqlWriter(char parameterMark)
{
    private readonly StringBuilder text = new(256);
    private readonly List<SqlArgument> arguments = [];
    private readonly List<(object Owner, int Part)> origins = [];

    /// <summary>Appends SQL text as it is.</summary>
    public SqlWriter Add(string sql)
    {
        text.Append(sql);
        return this;
    }

    /// <summary>Appends a quoted name.</summary>
    public SqlWriter AddName(string name)
    {
        text.Append(Quote(name));
        return this;
    }

    /// <summary>Takes a value as the next parameter and returns the text that stands for it. That text may be used several times.</summary>
    public string Parameter(FieldValue value) => Take(SqlArgument.Of(value));

    /// <summary>Takes a whole number as the next parameter.</summary>
    public string Parameter(long integer) => Take(SqlArgument.Of(integer));

    /// <summary>Takes a value of a plan as the next parameter.</summary>
    /// <param name="owner">The part of the plan that it belongs to.</param>
    /// <param name="value">The value.</param>
    /// <param name="part">Which of the owner's values it is.</param>
    internal string Parameter(object owner, SqlArgument value, int part = 0)
    {
        origins.Add((owner, part));
        return Take(value);
    }

    /// <summary>The finished statement.</summary>
    public SqlStatement Finish() => new(text.ToString(), arguments) { Origins = origins };

    /// <summary>A name in double quotes, as both engines read it.</summary>
    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A text literal in single quotes, for the places where no parameter can stand.</summary>
    public static string QuoteText(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    private string Take(SqlArgument argument)
    {
        arguments.Add(argument);
        return string.Create(CultureInfo.InvariantCulture, $"{parameterMark}{arguments.Count}");
    }
}
