using System.Collections.Immutable;

namespace Hearth.Planning.Rules;

/// <summary>A parsed expression: a comparison or a combination of them. Nothing is looked up yet.</summary>
internal abstract record ExpressionNode;

/// <summary>Parts that must all hold; at least two.</summary>
internal sealed record AndNode(ImmutableArray<ExpressionNode> Parts) : ExpressionNode;

/// <summary>Parts of which one must hold; at least two.</summary>
internal sealed record OrNode(ImmutableArray<ExpressionNode> Parts) : ExpressionNode;

/// <summary>Two operands and the operator between them.</summary>
/// <param name="Left">The left side.</param>
/// <param name="Operator">The operator without its <c>?</c>.</param>
/// <param name="Any">The operator has a <c>?</c>.</param>
/// <param name="Right">The right side.</param>
/// <param name="Start">Offset of the left side.</param>
internal sealed record ComparisonNode(OperandNode Left, CompareOperator Operator, bool Any, OperandNode Right, int Start) : ExpressionNode;

/// <summary>One side of a comparison, or an argument of a function.</summary>
/// <param name="Start">Offset of its first character.</param>
internal abstract record OperandNode(int Start);

/// <summary>A name: a field, a path, a macro, <c>true</c>, <c>@request.auth.id</c>.</summary>
internal sealed record NameNode(string Name, int Start) : OperandNode(Start);

/// <summary>A number as written.</summary>
internal sealed record NumberNode(string Digits, int Start) : OperandNode(Start);

/// <summary>A text, decoded.</summary>
internal sealed record TextNode(string Value, int Start) : OperandNode(Start);

/// <summary>A function with its arguments.</summary>
internal sealed record CallNode(string Name, ImmutableArray<OperandNode> Arguments, int Start) : OperandNode(Start);
