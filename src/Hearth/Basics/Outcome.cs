using System.Diagnostics.CodeAnalysis;

namespace Hearth.Basics;

/// <summary>Either a value or the <see cref="Basics.Fault"/> that stands in its place.</summary>
/// <typeparam name="T">The value's type.</typeparam>
public readonly struct Outcome<T>
{
    private readonly T value;

    private Outcome(T value, Fault? fault) => (this.value, Fault) = (value, fault);

    /// <summary>The fault, or null when there is a value.</summary>
    public Fault? Fault { get; }

    /// <summary>The value. Throws when there is a fault: ask <see cref="Fault"/> first.</summary>
    public T Value => Fault is null ? value : throw new InvalidOperationException($"No value: {Fault.Code}");

    /// <summary>True, and hands over the fault, when there is no value.</summary>
    public bool Failed([NotNullWhen(true)] out Fault? fault)
    {
        fault = Fault;
        return fault is not null;
    }

    /// <summary>True, and hands over the fault, when there is no value; false, and hands over the value, when there is one.</summary>
    public bool Failed([NotNullWhen(true)] out Fault? fault, [MaybeNullWhen(true)] out T value)
    {
        (fault, value) = (Fault, this.value);
        return fault is not null;
    }

    /// <summary>A value is an outcome.</summary>
    public static implicit operator Outcome<T>(T value) => new(value, null);

    /// <summary>A fault is an outcome.</summary>
    public static implicit operator Outcome<T>(Fault fault) => new(default!, fault);
}
