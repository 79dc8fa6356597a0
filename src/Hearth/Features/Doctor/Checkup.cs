using System.Reflection;
using System.Runtime.InteropServices;
using Hearth.Basics;
using Hearth.Resources.Blobs.Checks;
using Hearth.Resources.Pictures;
using Microsoft.Extensions.Logging;

namespace Hearth.Features.Doctor;

/// <summary>Everything that an operator should know about an app, looked at now. It changes nothing but a small object that it puts into an object store and removes.</summary>
internal sealed class Checkup(FeatureSetup setup)
{
    private const string Program = "program";
    private const string Database = "database";
    private const long LittleRoom = 1L << 30;

    // What holds hashes, secrets and what people wrote (docs/guide/running.md).
    private static readonly string[] Secret = ["data.db", "data.db-wal", "logs.db", "backups", "storage", "outbox", ".hearth_history"];

    /// <summary>What compares files and records of an app.</summary>
    public static FileCheck FilesOf(FeatureSetup setup) => new(setup.Engine, setup.Schema, setup.Blobs, setup.Debts, setup.Clock, setup.Loggers.CreateLogger<FileCheck>());

    /// <summary>Looks at everything.</summary>
    /// <param name="compareFiles">Compare files and records now instead of telling what the last night found.</param>
    /// <param name="stop">Gives up.</param>
    public async Task<IReadOnlyList<Finding>> RunAsync(bool compareFiles, CancellationToken stop)
    {
        var findings = new List<Finding>();
        findings.AddRange(OfProgram());
        findings.AddRange(await OfDatabaseAsync(stop));
        findings.AddRange(await new FileFindings(setup, FilesOf(setup)).ListAsync(compareFiles, stop));
        findings.AddRange(new SettingsFindings(setup).List());
        findings.AddRange(await new AccessFindings(setup).ListAsync(stop));
        return findings;
    }

    private static IEnumerable<Finding> OfProgram()
    {
        var version = typeof(Checkup).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
        yield return new Finding(Gravity.Fact, Program, $"Hearth {version} on {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {Environment.ProcessorCount} cores.");
        yield return VipsLibrary.IsThere()
            ? new Finding(Gravity.Good, Program, "libvips is there: thumbs are made.")
            : new Finding(Gravity.Warning, Program, "libvips is not there: no thumbs are made, originals are served in their place.", "Install it (Debian: libvips42), or use the program as it is published.");
    }

    private async Task<IReadOnlyList<Finding>> OfDatabaseAsync(CancellationToken stop)
    {
        var findings = new List<Finding> { new(Gravity.Fact, Database, $"{await setup.Engine.DescribeAsync(stop)}. Data folder: {Path.GetFullPath(setup.DataDirectory)}") };
        if (setup.Engine.Trouble is { } trouble)
        {
            findings.Add(new(Gravity.Problem, Database, "The database was removed or replaced while the server was using it: nothing is stored any more.", "Stop the server, put the right file back, and start it again.") { Lines = [trouble.Detail] });
        }
        if (setup.Engine.SoundSince is { } sound)
        {
            findings.Add(new Finding(Gravity.Warning, Database, $"This version of the database library can lose data in rare cases; {sound} cannot.", "Use the program as it is published, or a package that brings the newer library."));
        }
        if (await setup.Engine.NeedlessRightsAsync(stop) is { Count: > 0 } rights)
        {
            findings.Add(new Finding(Gravity.Warning, Database, "The role of Hearth in the database can do more than Hearth needs, and so can the SQL console.", "Use a plain role that owns its database, see docs/guide/postgres.md.") { Lines = rights });
        }
        if (await setup.Engine.FindOtherNodeAsync(stop) is { } other)
        {
            findings.Add(setup.Blobs.Files.IsLocal
                ? new Finding(Gravity.Problem, Database, $"Another node (on {other}) uses this database, and files are kept in the data folder of each.", "Keep files in an object store, or on a disk that all nodes see. If it is such a disk, ignore this.")
                : new Finding(Gravity.Fact, Database, $"Another node (on {other}) uses this database."));
        }
        if (OpenParts(setup.DataDirectory) is { Count: > 0 } open)
        {
            findings.Add(new Finding(Gravity.Warning, Database, $"Other users of this machine can read parts of the data folder: {string.Join(", ", open)}.", "Take their rights away: chmod -R go= on the data folder. What Hearth makes anew is for its own user only."));
        }
        if (RoomOf(setup.DataDirectory) is not { } room) return findings;
        findings.Add(room.Free < LittleRoom
            ? new Finding(Gravity.Problem, Database, $"Only {Sizes.Of(room.Free)} are free on the disk of the data folder.", "When the disk is full nothing can be written. Make room.")
            : new Finding(Gravity.Good, Database, $"{Sizes.Of(room.Free)} are free on the disk of the data folder."));
        if (room.Form.StartsWith("nfs", StringComparison.Ordinal) || room.Form is "cifs" or "smb3" or "smbfs" or "9p")
        {
            findings.Add(new Finding(Gravity.Warning, Database, $"The data folder is on a network disk ({room.Form}).", "SQLite needs locks and flushes that many network disks only pretend to do. Use a local disk, or PostgreSQL."));
        }
        return findings;
    }

    // A closed folder keeps all of them out, whatever stands in it.
    private static List<string> OpenParts(string folder) => OwnerOnly.IsOpen(folder) ? [.. Secret.Where(name => OwnerOnly.IsOpen(Path.Combine(folder, name)))] : [];

    private static (long Free, string Form)? RoomOf(string folder)
    {
        try
        {
            var disk = new DriveInfo(Path.GetFullPath(folder));
            return (disk.AvailableFreeSpace, disk.DriveFormat);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
