using System.Runtime.InteropServices;

namespace Hearth.Resources.Pictures;

/// <summary>Whether libvips is there. It is some 18 MB of code that is loaded when the first picture is made, so that a server which makes none does not pay for it.</summary>
internal static class VipsLibrary
{
    /// <summary>Name of the file, as the operating system has it.</summary>
    public static string FileName => OperatingSystem.IsWindows() ? "libvips-42.dll" : OperatingSystem.IsMacOS() ? "libvips.42.dylib" : "libvips.so.42";

    /// <summary>Looks beside the program first, which costs nothing, and only then asks the system for its own.</summary>
    public static bool IsThere()
    {
        var folders = (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        if (folders.Append(AppContext.BaseDirectory).Any(folder => File.Exists(Path.Combine(folder, FileName)))) return true;
        if (!NativeLibrary.TryLoad(FileName, out var handle)) return false;
        NativeLibrary.Free(handle);
        return true;
    }
}
