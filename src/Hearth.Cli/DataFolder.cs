using System.CommandLine;

namespace Hearth.Cli;

/// <summary>The option that names the folder with all data; every command has it.</summary>
internal static class DataFolder
{
    /// <summary>A fresh option object: one belongs to one command.</summary>
    public static Option<string> Option() => new("--dir")
    {
        Description = "Folder that holds all data. It is made when it does not exist.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "hearth_data",
    };
}
