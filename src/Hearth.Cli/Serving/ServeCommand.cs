using System.CommandLine;
using Hearth.App;
using Hearth.Cli.Terminal;
using Hearth.Data;
using Hearth.Hosting;
using Hearth.Resources.Pictures;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Hearth.Cli.Serving;

/// <summary><c>hearth serve</c>: answers requests until it is told to stop.</summary>
internal static class ServeCommand
{
    // What is open then is cut. Docker kills ten seconds after it asked, and the app needs some of them to close its data.
    private static readonly TimeSpan LongestGoodbye = TimeSpan.FromSeconds(7);

    /// <summary>Shown below the help.</summary>
    public static readonly string[] Examples =
    [
        "hearth serve --demo                                   airports of the United States to play with",
        "hearth serve --dir /var/lib/hearth --public-dir www   your data, your web app",
        "hearth serve --dev                                    while you build your app: mails stay in an outbox",
        "hearth serve --http 0.0.0.0:80 --origins https://example.org",
        "hearth serve --postgres \"Host=db;Database=hearth;Username=hearth\"   records on a PostgreSQL server",
    ];

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var http = new Option<string>("--http") { Description = "Address to listen on, HOST:PORT. Port 0 takes any free one.", HelpName = "HOST:PORT", DefaultValueFactory = _ => "127.0.0.1:8090" };
        http.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } text && ListenAddress.Parse(text) is null) result.AddError($"“{text}” is not an address such as 127.0.0.1:8090.");
        });
        var publicDir = new Option<string?>("--public-dir") { Description = "Folder whose files are served at /, with index.html for paths that are no file.", HelpName = "DIR" };
        var origins = new Option<string[]>("--origins")
        {
            Description = "Origins that pages in browsers may call from, with * and ? as wildcards. Without it any may.",
            HelpName = "ORIGIN",
            AllowMultipleArgumentsPerToken = true,
        };
        var demo = new Option<bool>("--demo") { Description = "Load the airports of the United States and a page to search them, and make a superuser when there is none." };
        var dev = new Option<bool>("--dev") { Description = "For a developer's machine: mails stay in an outbox that you can read, and every answer tells its timings." };
        var noDashboard = new Option<bool>("--no-dashboard") { Description = "Leave the dashboard at /_/ out. The links of mails and the setup link go on working there." };
        var searchLimit = new Option<double>("--search-limit")
        {
            Description = "Seconds that a list may take whose filter or order its client chose, unless a superuser asks.",
            HelpName = "SECONDS",
            DefaultValueFactory = _ => new HearthOptions().SearchLimit.TotalSeconds,
        };
        searchLimit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (>= 0.1 and <= 3600)) result.AddError("The limit of searches is between 0.1 and 3600 seconds.");
        });
        var command = new Command("serve", "Serve the API, and a web page when there is one, until Ctrl+C or SIGTERM. Requests that are open then have 7 seconds to finish.")
        {
            http, publicDir, origins, demo, dev, noDashboard, searchLimit,
        };
        var data = new DataOptions().AddTo(command);
        command.SetAction((parsed, _) =>
        {
            var plan = new ServePlan
            {
                Address = ListenAddress.Parse(parsed.GetRequiredValue(http))!, // the validator has seen it
                Data = data.Read(parsed),
                FirstSuperuser = FirstAccount.Of(Environment.GetEnvironmentVariable),
                PublicDirectory = parsed.GetValue(publicDir),
                Origins = [.. (parsed.GetValue(origins) ?? []).SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))],
                Demo = parsed.GetValue(demo),
                Development = parsed.GetValue(dev),
                SearchLimit = TimeSpan.FromSeconds(parsed.GetValue(searchLimit)),
                Dashboard = parsed.GetValue(noDashboard) ? null : DashboardFiles.FromResources(typeof(ServeCommand).Assembly, "dashboard/"),
            };
            return RunAsync(plan, parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        });
        return command;
    }

    private static async Task<int> RunAsync(ServePlan plan, TextWriter output, TextWriter error)
    {
        if (plan.PublicDirectory is { } folder && !Directory.Exists(folder))
        {
            await error.WriteLineAsync($"There is no folder {folder}.");
            return ExitCode.Failed;
        }
        DemoAccount? account = null;
        if (plan.Demo)
        {
            using var stop = new StopSignal();
            var prepared = await DemoData.PrepareAsync(plan.Data, plan.FirstSuperuser, output, error, stop.Token);
            if (prepared is null) return ExitCode.Failed;
            account = prepared.Account;
            plan = plan with { PublicDirectory = plan.PublicDirectory ?? prepared.PublicDirectory };
        }
        await using var web = Build(plan);
        try
        {
            await web.StartAsync();
        }
        catch (Exception exception) when (StartProblem.Of(exception, plan) is { } problem)
        {
            await error.WriteLineAsync(problem);
            return ExitCode.Failed;
        }
        await Banner.WriteAsync(output, plan, web, account, web.Services.GetRequiredService<HearthApp>().SetupToken);
        await web.WaitForShutdownAsync();
        return ExitCode.Done;
    }

    private static WebApplication Build(ServePlan plan)
    {
        // Nothing but the variables of DataOptions, FirstAccount and PictureVariables is read from the environment, and nothing from the working folder: the command line says it all.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrel(kestrel => kestrel.UseHearthLimits());
        builder.WebHost.UseUrls(plan.Address.Url);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // A start that fails is told by StartProblem in one sentence; the host would add its stack trace to it.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        builder.Logging.LeaveRequestsToHearth();
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.Configure<ConsoleLifetimeOptions>(lifetime => lifetime.SuppressStatusMessages = true);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = LongestGoodbye);
        builder.Services.AddHearth(options =>
        {
            plan.Data.Set(options);
            plan.FirstSuperuser?.Set(options);
            options.PublicDirectory = plan.PublicDirectory;
            options.OfferSetup = true;
            options.Dashboard = plan.Dashboard;
            options.Development = plan.Development;
            options.SearchLimit = plan.SearchLimit;
            options.Pictures = PictureVariables.Of(Environment.GetEnvironmentVariable);
            foreach (var origin in plan.Origins) options.Origins.Add(origin);
        });
        var web = builder.Build();
        web.MapHearth();
        LeaveThreads(web.Services.GetRequiredService<HearthApp>().Engine);
        return web;
    }

    // A database in this process reads on the threads of requests. With all of them at work there must be some left for others at once, not when the pool has noticed.
    private static void LeaveThreads(Engine engine)
    {
        if (engine.IsShared) return;
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(workers + engine.Sessions, ports);
    }
}
