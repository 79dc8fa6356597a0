using Hearth.Floors;
using Hearth.Floors.HandWritten;
using Hearth.Floors.HandWrittenPostgres;
using Hearth.Floors.HardCoded;

// The floors that Hearth is measured against. One program, one mode a start: see bench/README.md.
if (FloorOptions.Parse(args) is not { } options)
{
    Console.Error.WriteLine("""
        usage: floors empty        --http HOST:PORT --answer FILE
               floors hard-coded   --http HOST:PORT --data FILE --secret TEXT
               floors hand-written --http HOST:PORT --data FILE --secret TEXT [--synchronous FULL|NORMAL]
               floors static-files --http HOST:PORT --data FOLDER
               floors hand-written-postgres --http HOST:PORT --data CONNECTION --secret TEXT
        """);
    return 2;
}

await using var app = options.Mode switch
{
    "empty" => EmptyEndpoint.Build(options),
    "hard-coded" => HardCodedApp.Build(options),
    "static-files" => StaticFileApp.Build(options),
    "hand-written-postgres" => HandWrittenPostgresApp.Build(options),
    _ => HandWrittenApp.Build(options),
};
await app.RunAsync();
return 0;
