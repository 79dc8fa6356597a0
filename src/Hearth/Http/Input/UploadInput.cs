using System.Text.Json;
using Hearth.Records;
using Hearth.Records.Files;
using Hearth.Schema;

namespace Hearth.Http.Input;

/// <summary>Turns the files of a body into a submission.</summary>
public static class UploadInput
{
    /// <summary>A submission with the files that are meant for file fields of a collection; others are not looked at.</summary>
    public static async ValueTask<Submission> SubmissionAsync(
        Collection collection, IReadOnlyDictionary<string, JsonElement> values, IEnumerable<(string Key, UploadedPart File)> files, CancellationToken stop)
    {
        var uploads = new List<Upload>();
        foreach (var (key, file) in files)
        {
            if (Submission.FileFieldOf(collection, key) is not null) uploads.Add(await Upload.ReadAsync(key, file.FileName, file.Length, file.Open, stop));
        }
        return new Submission(collection, values, uploads);
    }
}
