using System.Globalization;
using Hearth.Basics;
using MimeKit;

namespace Hearth.Resources.Mail;

/// <summary>A mail of the outbox as it is shown.</summary>
/// <param name="Id">Its name in the outbox.</param>
/// <param name="Date">When it was kept.</param>
/// <param name="To">Who would have got it.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="Text">The plain text part.</param>
/// <param name="Html">The HTML part.</param>
public sealed record KeptMail(string Id, DateTimeOffset Date, string To, string Subject, string Text, string Html);

/// <summary>
/// Mails that were kept instead of being sent, for development: a folder of <c>.eml</c> files that any mail program opens. The newest 200 are kept.
/// </summary>
/// <param name="folder">Where; made when the first mail comes.</param>
/// <param name="clock">Names the files by their time.</param>
public sealed class Outbox(string folder, TimeProvider clock)
{
    private const int Most = 200;
    private const string Ending = ".eml";
    private int count;

    /// <summary>Keeps a mail.</summary>
    internal async ValueTask KeepAsync(MimeMessage message, CancellationToken stop)
    {
        OwnerOnly.MakeFolder(folder);
        // Names in the order of time; the number tells mails of one millisecond apart.
        var name = string.Create(CultureInfo.InvariantCulture, $"{clock.GetUtcNow().UtcDateTime:yyyyMMddHHmmssfff}-{Interlocked.Increment(ref count) % 10_000:0000}");
        var path = Path.Combine(folder, name);
        await using (var file = OwnerOnly.Create(path + ".part", FileMode.Create)) await message.WriteToAsync(file, stop);
        File.Move(path + ".part", path + Ending);
        foreach (var old in Names().Skip(Most)) File.Delete(Path.Combine(folder, old + Ending));
    }

    /// <summary>All of them, the newest first.</summary>
    public async ValueTask<IReadOnlyList<KeptMail>> ListAsync(CancellationToken stop)
    {
        var mails = new List<KeptMail>();
        foreach (var name in Names())
        {
            if (await FindAsync(name, stop) is { } mail) mails.Add(mail);
        }
        return mails;
    }

    /// <summary>One of them, or null.</summary>
    public async ValueTask<KeptMail?> FindAsync(string id, CancellationToken stop)
    {
        // Only names that are in the folder lead to a file.
        if (!Names().Contains(id)) return null;
        try
        {
            using var message = await MimeMessage.LoadAsync(Path.Combine(folder, id + Ending), stop);
            return new KeptMail(id, message.Date, message.To.Mailboxes.FirstOrDefault()?.Address ?? "", message.Subject ?? "", message.TextBody ?? "", message.HtmlBody ?? "");
        }
        catch (FileNotFoundException)
        {
            return null; // tidied away in this moment
        }
    }

    /// <summary>Removes all of them.</summary>
    public void Clear()
    {
        foreach (var name in Names()) File.Delete(Path.Combine(folder, name + Ending));
    }

    private List<string> Names() => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*" + Ending).Select(path => Path.GetFileNameWithoutExtension(path)).OrderDescending(StringComparer.Ordinal).ToList()
        : [];
}
