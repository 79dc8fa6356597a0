using System.Collections.Immutable;
using System.Text;
using Hearth.Planning.Rules;
using Hearth.Schema;

namespace Hearth.Planning.Binding;

/// <summary>Reads and binds the <c>sort</c> parameter (contract 3): a comma list of names, each with an optional <c>-</c> or <c>+</c>.</summary>
internal static class SortBinder
{
    /// <summary>Most keys.</summary>
    public const int MaxKeys = 8;

    /// <summary>Most bytes of a key.</summary>
    public const int MaxKeyBytes = 255;

    /// <summary>The keys; none for empty text. Null and the problem when something is wrong with it.</summary>
    public static ImmutableArray<SortKey>? Bind(string text, Scope scope, out RuleProblem? problem)
    {
        problem = null;
        if (text.Length == 0) return [];
        var parts = text.Split(',');
        if (parts.Length > MaxKeys)
        {
            problem = new RuleProblem($"There are more than {MaxKeys} sort keys", 0);
            return null;
        }
        var keys = ImmutableArray.CreateBuilder<SortKey>(parts.Length);
        var operands = new OperandBinder(scope);
        var start = 0;
        foreach (var part in parts)
        {
            if (Key(part, start, scope, operands) is not { } key)
            {
                problem = scope.Problem;
                return null;
            }
            keys.Add(key);
            start += part.Length + 1;
        }
        return keys.ToImmutable();
    }

    private static SortKey? Key(string part, int start, Scope scope, OperandBinder operands)
    {
        var name = part.Trim();
        if (Encoding.UTF8.GetByteCount(name) > MaxKeyBytes) return scope.Fail<SortKey>($"A sort key is longer than {MaxKeyBytes} bytes", start);
        var descending = name.StartsWith('-');
        if (name.StartsWith('-') || name.StartsWith('+')) name = name[1..];
        var lexer = new Lexer(name);
        var token = lexer.Next();
        if (token is not { Kind: TokenKind.Identifier, Start: 0 } || token.End != name.Length) return scope.Fail<SortKey>($"\"{name}\" cannot be sorted by", start);

        var root = scope.Joins.Root;
        switch (name)
        {
            case "@random":
                return new SortKey(new RandomOrder(), descending);
            case "@rowid" when root.Collection is { Type: CollectionType.View }:
                return scope.Fail<SortKey>("Views have no @rowid", start);
            case "@rowid":
                return new SortKey(new StorageOrder(root), descending);
            default:
                scope.RowConditions.Clear();
                operands.EmailOwners.Clear();
                if (operands.SortKey(new NameNode(name, start)) is not { } by) return null;
                if (scope.Joins.IsOverfull) return scope.Fail<SortKey>("Too many different relations are followed", start);
                return new SortKey(by, descending) { Among = Among(by, operands, scope) };
        }
    }

    private static AllOf? Among(Operand by, OperandBinder operands, Scope scope)
    {
        var isHidden = by.Source is { Multi: true } && scope.RowConditions.Count > 0;
        if (!isHidden && operands.EmailOwners.Count == 0) return null; // nearly always
        var parts = ImmutableArray.CreateBuilder<Filter>();
        if (isHidden) parts.AddRange(scope.RowConditions);
        foreach (var account in operands.EmailOwners)
        {
            // An address that is not shown is nothing, here as in the answer.
            if (Shown(account, scope) is { } shown) parts.Add(shown);
        }
        return parts.Count == 0 ? null : new AllOf(parts.ToImmutable());
    }

    private static Filter? Shown(Source account, Scope scope) => account is BaseSource own
        ? new Visibility(scope.Schema, scope.Facts).EmailVisible(own, scope.Collection)
        : Visibility.EmailIsPublic(account);
}
