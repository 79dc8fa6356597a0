using System.Text;

namespace Hearth.Schema;

/// <summary>Text that is at hand as UTF-8. One object can carry one text after the other.</summary>
internal sealed class Utf8Text
{
    /// <summary>The bytes; valid UTF-8.</summary>
    public ReadOnlyMemory<byte> Bytes { get; set; }

    /// <inheritdoc/>
    public override string ToString() => Encoding.UTF8.GetString(Bytes.Span);
}
