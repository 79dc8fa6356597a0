using Hearth.Basics;
using Hearth.Records.Moving;

namespace Hearth.App.MovingIn;

/// <summary>Why an app cannot move in. Each says what to do.</summary>
internal static class MoveInFaults
{
    /// <summary>There is no database.</summary>
    public static Fault Nothing(string folder) => Of("nothing", $"There is no data.db in {folder}. Name the folder of the PocketBase app, which is usually called pb_data.");

    /// <summary>The file is something else.</summary>
    public static Fault NotADatabase(string file, string why) =>
        Of("not_a_database", $"{file} cannot be read as an SQLite database: {why}. If the app still runs on it, stop it and try again; otherwise take the data.db of a backup.");

    /// <summary>SQLite finds it damaged.</summary>
    public static Fault Damaged(string file, IEnumerable<string> findings) => Of(
        "damaged",
        $"{file} is damaged; nothing was imported. Take the data.db of a backup, or let `sqlite3 data.db .recover` save what can be saved into a new one. What SQLite found:{string.Concat(findings.Take(10).Select(line => $"\n  {line}"))}");

    /// <summary>A database of another program.</summary>
    public static Fault Foreign(string file, string lacks) => Of("foreign", $"{file} is not the database of a PocketBase app: {lacks}.");

    /// <summary>A folder of Hearth.</summary>
    public static Fault Own(string folder) => Of("own", $"{folder} is a folder of Hearth already: serve it with hearth serve --dir, or bring it to another database with hearth move.");

    /// <summary>A database from before version 0.23.</summary>
    public static Fault TooOld(string file) => Of(
        "too_old",
        $"{file} was written by a PocketBase before version 0.23, which kept collections in another form. Start a PocketBase of version 0.23 or later on a copy of the folder once, which brings it up to date, and import that copy.");

    /// <summary>Somebody writes to it.</summary>
    public static Fault InUse(string folder) => Of("in_use", $"The database in {folder} changed while it was copied: the app is still running. Stop it and try again.");

    /// <summary>The new data would be inside of the old, or the same.</summary>
    public static Fault Inside(string from, string to) => Of("inside", $"The new folder {to} is, or is inside of, the one that is imported ({from}), which is never written to. Choose another with --dir.");

    /// <summary>Code that Hearth does not run.</summary>
    public static Fault Hooks(string folder, IReadOnlyList<string> lines) => Of(
        "hooks",
        $"There is code beside this app, in {folder}, that Hearth does not run. Who may do what can be decided in it, so nothing was imported.{string.Concat(lines.Select(line => $"\n  {line}"))}\nRead through it, write what the app needs as hooks of Hearth (docs/guide/hooks.md), and import with --without-hooks.");

    /// <summary>Settings that no key opens.</summary>
    public static Fault Sealed(string why) => Of("sealed", why);

    /// <summary>A definition that cannot be read.</summary>
    public static Fault Definition(string why) => Of("definition", $"{why} Mend it in the app that the data comes from, and try again.");

    /// <summary>A collection whose name is one of Hearth's own.</summary>
    public static Fault Taken(string name) =>
        Of("name_taken", $"The collection {name} has the name of one that Hearth itself needs. Rename it in the app that the data comes from (the records, tokens and files stay as they are), and try again.");

    /// <summary>What was moved does not work.</summary>
    public static Fault Checks(IReadOnlyList<string> wrong) => Of("checks", $"Everything was copied, but not all of it works as it did:{string.Concat(wrong.Select(line => $"\n  {line}"))}");

    private static Fault Of(string code, string message) => Fault.BadRequest("import." + code, message);
}
