using QRCoder;

namespace Hearth.Features.Accounts.Factors;

/// <summary>A text as a picture for cameras.</summary>
internal static class QrCode
{
    private const int PixelsOfModule = 6;

    /// <summary>A PNG as a data URL, ready for the <c>src</c> of an image.</summary>
    public static string DataUrl(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        using var picture = new PngByteQRCode(data);
        return "data:image/png;base64," + Convert.ToBase64String(picture.GetGraphic(PixelsOfModule));
    }
}
