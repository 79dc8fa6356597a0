using System.CommandLine;
using System.Text.Json;
using Hearth.Cli.Terminal;
using Hearth.Features.Doctor;

namespace Hearth.Cli.Checking;

/// <summary><c>hearth doctor</c>: what an operator should know.</summary>
internal static class DoctorCommand
{
    private const int LinesShown = 10;

    /// <summary>Shown below the help.</summary>
    public static readonly string[] Examples =
    [
        "hearth doctor                        look at an app whose server is stopped",
        "hearth doctor --files                and compare all files with the records now",
        "hearth doctor --json                 for programs; a running server answers GET /api/doctor",
    ];

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var files = new Option<bool>("--files") { Description = "Compare all stored files with what records name now. Without it you are told what the last night found." };
        var all = new Option<bool>("--all") { Description = $"List everything that was found, not the first {LinesShown} of each kind." };
        var json = new Option<bool>("--json") { Description = "Write JSON." };
        var hooks = new Option<bool>("--hooks-done") { Description = "Stop naming the code in pb_hooks that stayed behind when the app was imported: what it did is done." };
        var command = new Command("doctor", "Look whether an app is well: versions, disk, files, settings and rules that are not safe. Ends with 1 when something does not work. Changes nothing.") { files, all, json, hooks };
        var data = new DataOptions().AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            var place = data.Read(parsed);
            if (place.Postgres is null && !Directory.Exists(place.Folder))
            {
                await error.WriteLineAsync($"There is no folder {Path.GetFullPath(place.Folder)}.");
                return ExitCode.Failed;
            }
            using var stop = new StopSignal();
            await using var opened = await OpenData.OpenAsync(place, error, stop.Token);
            if (opened is null)
            {
                await error.WriteLineAsync("A running server answers the same at GET /api/doctor, for superusers.");
                return ExitCode.Failed;
            }
            if (parsed.GetValue(hooks)) await opened.App.ForgetOldHooksAsync(stop.Token);
            var findings = await opened.App.ExamineAsync(parsed.GetValue(files), stop.Token);
            if (parsed.GetValue(json)) await output.WriteLineAsync(AsJson(findings));
            else await WriteAsync(output, findings, parsed.GetValue(all) ? int.MaxValue : LinesShown);
            return findings.Any(finding => finding.Gravity == Gravity.Problem) ? ExitCode.Failed : ExitCode.Done;
        });
        return command;
    }

    private static async Task WriteAsync(TextWriter output, IReadOnlyList<Finding> findings, int most)
    {
        var paint = new Paint(output);
        foreach (var area in findings.GroupBy(finding => finding.Area))
        {
            await output.WriteLineAsync(paint.Strong(area.Key));
            foreach (var finding in area)
            {
                await output.WriteLineAsync($"  {Mark(finding.Gravity, paint)} {finding.Text}");
                foreach (var line in finding.Lines.Take(most)) await output.WriteLineAsync($"      {line}");
                if (finding.Lines.Count > most) await output.WriteLineAsync(paint.Soft($"      and more; see them with --all"));
                if (finding.Advice.Length > 0) await output.WriteLineAsync(paint.Soft($"      {finding.Advice}"));
            }
        }
        var (problems, warnings) = (findings.Count(finding => finding.Gravity == Gravity.Problem), findings.Count(finding => finding.Gravity == Gravity.Warning));
        await output.WriteLineAsync();
        await output.WriteLineAsync(problems + warnings == 0 ? "All is well." : $"Problems: {problems}. Warnings: {warnings}.");
    }

    private static string Mark(Gravity gravity, Paint paint) => gravity switch
    {
        Gravity.Problem => paint.Ember("✗"),
        Gravity.Warning => paint.Ember("!"),
        Gravity.Good => "✓",
        _ => "·",
    };

    private static string AsJson(IReadOnlyList<Finding> findings)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            FindingJson.Write(writer, findings);
        }
        return System.Text.Encoding.UTF8.GetString(bytes.ToArray());
    }
}
