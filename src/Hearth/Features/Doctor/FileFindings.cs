using Hearth.Basics;
using Hearth.Resources.Blobs;
using Hearth.Resources.Blobs.Checks;

namespace Hearth.Features.Doctor;

/// <summary>Where files and backups are, whether that works, and whether records and files agree.</summary>
internal sealed class FileFindings(FeatureSetup setup, FileCheck files)
{
    private const string Area = "files";
    private static readonly TimeSpan Old = TimeSpan.FromDays(3);

    public async Task<IReadOnlyList<Finding>> ListAsync(bool compare, CancellationToken stop)
    {
        var findings = new List<Finding>
        {
            await PlaceAsync("Files", setup.Blobs.Files, stop),
            await PlaceAsync("Backups", setup.Blobs.Backups, stop),
        };
        var (s3, backups) = (setup.Settings.Current.S3, setup.Settings.Current.Backups.S3);
        if (s3.Enabled && backups.Enabled && (s3.Bucket, s3.Endpoint) == (backups.Bucket, backups.Endpoint))
        {
            findings.Add(new Finding(Gravity.Warning, Area, "Files and backups share one bucket.", "Whoever empties or loses one loses both. Use a bucket of its own for backups."));
        }
        if (compare) AddReport(await files.RunAsync(stop), findings);
        else if (await files.LastAsync(stop) is { } last) AddReport(last, findings);
        else findings.Add(new Finding(Gravity.Fact, Area, "Files and records have not been compared yet; it is done every night.", "Do it now with `hearth doctor --files`, or by running the job __hearthFilesReconcile__."));
        return findings;
    }

    private static async Task<Finding> PlaceAsync(string what, BlobStore store, CancellationToken stop)
    {
        try
        {
            return await BlobTrial.RunAsync(store, stop) is { } wrong
                ? new Finding(Gravity.Problem, Area, $"{what}: {store.Place}. {wrong}")
                : new Finding(Gravity.Good, Area, $"{what}: {store.Place}. It takes, gives and removes.");
        }
        catch (BlobException e)
        {
            return new Finding(Gravity.Problem, Area, $"{what} cannot be stored: {e.Message}", "See docs/guide/storage.md.");
        }
    }

    private void AddReport(FileReport report, List<Finding> findings)
    {
        var when = DateText.Of(report.Begun);
        if (report.Failure is not null) findings.Add(new Finding(Gravity.Problem, Area, $"Files and records could not be compared ({when}): {report.Failure}"));
        if (setup.Clock.GetUtcNow() - report.Begun > Old) findings.Add(new Finding(Gravity.Warning, Area, $"Files and records were compared last at {when}.", "It is done every night at 03:20 UTC while a server runs."));
        if (report.Failure is not null) return;
        if (report.Place != setup.Blobs.Files.Place) findings.Add(new Finding(Gravity.Warning, Area, $"Files were kept elsewhere when they were last compared ({report.Place}).", "What was there has to be copied by you."));
        if (report.Missing > 0)
        {
            findings.Add(new Finding(Gravity.Problem, Area, $"{Count(report.Missing, "file")} that records name {(report.Missing == 1 ? "is" : "are")} not stored ({when}).", "Bring them back from a backup, or take their names out of the records.") { Lines = report.MissingKeys });
        }
        if (report.Stray > 0)
        {
            findings.Add(new Finding(Gravity.Warning, Area, $"{Count(report.Stray, "stored file")} of {Sizes.Of(report.StrayBytes)} {(report.Stray == 1 ? "is" : "are")} named by no record ({when}).", "Nothing removes them. Remove them yourself when you are sure.") { Lines = report.StrayKeys });
        }
        if (report.Foreign > 0) findings.Add(new Finding(Gravity.Fact, Area, $"{Count(report.Foreign, "stored file")} there {(report.Foreign == 1 ? "is" : "are")} none of an app."));
        if (report.Missing + report.Stray == 0) findings.Add(new Finding(Gravity.Good, Area, $"Files and records agree: {Count(report.Named, "file")} named, {Sizes.Of(report.StoredBytes)} stored with thumbs ({when})."));
    }

    private static string Count(long number, string what) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{number:N0} {what}{(number == 1 ? "" : "s")}");
}
