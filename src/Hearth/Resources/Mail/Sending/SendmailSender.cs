using System.ComponentModel;
using System.Diagnostics;
using MimeKit;

namespace Hearth.Resources.Mail.Sending;

/// <summary>Hands mails to the machine's own mail program, which finds the recipient in the header.</summary>
internal sealed class SendmailSender(string program) : MailSender
{
    private static readonly FormatOptions Lines = Unix();

    /// <summary>Where the program is; null when there is none.</summary>
    public static string? Find() => Folders().Select(folder => Path.Combine(folder, "sendmail")).FirstOrDefault(File.Exists);

    /// <inheritdoc/>
    public override async ValueTask<DeliveryFailure?> SendAsync(MimeMessage message, CancellationToken stop)
    {
        message.Prepare(EncodingConstraint.SevenBit);
        var start = new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        // A line with a single dot does not end the mail; recipients are read from it; who is told when it bounces.
        foreach (var argument in (ReadOnlySpan<string>)["-i", "-t", "-f", message.From.Mailboxes.First().Address]) start.ArgumentList.Add(argument);
        try
        {
            using var process = Process.Start(start) ?? throw new Win32Exception();
            try
            {
                // Both are read beside the writing: a full pipe would stop the program.
                var (said, complained) = (process.StandardOutput.ReadToEndAsync(stop), process.StandardError.ReadToEndAsync(stop));
                await message.WriteToAsync(Lines, process.StandardInput.BaseStream, stop);
                process.StandardInput.Close();
                await Task.WhenAll(said, complained, process.WaitForExitAsync(stop));
                return process.ExitCode == 0 ? null : new DeliveryFailure(MimeText.OneLine($"{program} ended with {process.ExitCode}: {await complained}"));
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw;
            }
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            return new DeliveryFailure(MimeText.OneLine($"{program} could not be used: {e.Message}"));
        }
    }

    private static IEnumerable<string> Folders() =>
        [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries), "/usr/sbin", "/usr/lib"];

    private static FormatOptions Unix()
    {
        var options = FormatOptions.Default.Clone();
        options.NewLineFormat = NewLineFormat.Unix;
        return options;
    }
}
