namespace Hearth.Planning.Rules;

/// <summary>
/// Cuts the text of a rule, filter or sort key into tokens (contract 2.1). Never throws: what is no token comes out as
/// <see cref="TokenKind.Broken"/>, and reading on after that is pointless.
/// </summary>
internal sealed class Lexer(string text)
{
    private int position;

    /// <summary>The next token; <see cref="TokenKind.End"/> for ever once the text is used up.</summary>
    public Token Next()
    {
        if (SkipBlanks() is { } broken) return broken;
        if (position >= text.Length) return new Token(TokenKind.End, "", position, position);

        var start = position;
        var c = text[position];
        if (StartsName(c)) return Name(start);
        if (char.IsAsciiDigit(c) || c == '-') return Number(start);
        if (c is '"' or '\'') return Quoted(start, c);
        return c switch
        {
            '(' => Take(TokenKind.Open, start, 1),
            ')' => Take(TokenKind.Close, start, 1),
            ',' => Take(TokenKind.Comma, start, 1),
            '&' => Doubled(TokenKind.And, start),
            '|' => Doubled(TokenKind.Or, start),
            '=' or '!' or '>' or '<' or '~' or '?' => Operator(start),
            _ => Broken($"Unexpected character {Shown(c)}", start),
        };
    }

    private static bool StartsName(char c) => char.IsAsciiLetter(c) || c is '_' or '@' or '#';

    private static bool ContinuesName(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or ':';

    private static string Shown(char c) => char.IsControl(c) || char.IsSurrogate(c) ? $"U+{(int)c:X4}" : $"\"{c}\"";

    private Token? SkipBlanks()
    {
        while (position < text.Length)
        {
            var c = text[position];
            if (c is ' ' or '\t' or '\n' or '\r')
            {
                position++;
            }
            else if (c == '/')
            {
                if (position + 1 >= text.Length || text[position + 1] != '/') return Broken("A single \"/\" means nothing; comments start with \"//\"", position);
                var end = text.IndexOf('\n', position);
                position = end < 0 ? text.Length : end + 1;
            }
            else
            {
                break;
            }
        }
        return null;
    }

    private Token Name(int start)
    {
        position++;
        while (position < text.Length && ContinuesName(text[position])) position++;
        var name = text[start..position];
        if (name[^1] is '.' or ':') return Broken($"The name \"{name}\" is not complete", start);
        if (name is "@" or "_" or "#") return Broken($"\"{name}\" alone is not a name", start);
        return new Token(TokenKind.Identifier, name, start, position);
    }

    private Token Number(int start)
    {
        var dots = 0;
        position++;
        while (position < text.Length && (char.IsAsciiDigit(text[position]) || text[position] == '.'))
        {
            if (text[position] == '.') dots++;
            position++;
        }
        var number = text[start..position];
        var digits = number.TrimStart('-');
        if (digits.Length == 0 || dots > 1 || digits[0] == '.' || digits[^1] == '.') return Broken($"\"{number}\" is not a number", start);
        if (position < text.Length && (ContinuesName(text[position]) || StartsName(text[position])))
        {
            return Broken($"\"{number}{text[position]}\" is neither a number nor a name", start);
        }
        return new Token(TokenKind.Number, number, start, position);
    }

    private Token Quoted(int start, char quote)
    {
        var value = QuotedText.Read(text, start, quote, out var end);
        if (value is null) return Broken($"The text is not closed with {quote}", start);
        position = end;
        return new Token(TokenKind.Text, value, start, end);
    }

    private Token Operator(int start)
    {
        var at = start;
        if (text[at] == '?') at++;
        var first = at < text.Length ? text[at] : '\0';
        var second = at + 1 < text.Length ? text[at + 1] : '\0';
        var length = (first, second) switch
        {
            ('!', '=') or ('!', '~') or ('>', '=') or ('<', '=') => 2,
            ('=', _) or ('>', _) or ('<', _) or ('~', _) => 1,
            _ => 0,
        };
        return length == 0
            ? Broken($"\"{text[start..Math.Min(start + 2, text.Length)]}\" is not an operator", start)
            : Take(TokenKind.Operator, start, at - start + length);
    }

    private Token Doubled(TokenKind kind, int start)
    {
        var c = text[start];
        return start + 1 < text.Length && text[start + 1] == c
            ? Take(kind, start, 2)
            : Broken($"\"{c}\" must be written twice", start);
    }

    private Token Take(TokenKind kind, int start, int length)
    {
        position = start + length;
        return new Token(kind, text[start..position], start, position);
    }

    private Token Broken(string reason, int start)
    {
        position = text.Length;
        return new Token(TokenKind.Broken, reason, start, text.Length);
    }
}
