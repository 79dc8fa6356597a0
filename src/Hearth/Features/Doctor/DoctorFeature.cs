using Hearth.Basics;
using Hearth.Http;
using Hearth.Http.Contracts;

namespace Hearth.Features.Doctor;

/// <summary>
/// Tells superusers what an operator should know, and compares files with records every night.
/// Route: <c>/api/doctor</c>. Tables: the row <c>filesReport</c> of <c>_params</c>.
/// </summary>
internal sealed class DoctorFeature : Feature
{
    /// <inheritdoc/>
    public override string Name => "doctor";

    /// <inheritdoc/>
    public override void Setup(FeatureSetup setup)
    {
        setup.Jobs.Add("__hearthFilesReconcile__", "20 3 * * *", async stop => await Checkup.FilesOf(setup).RunAsync(stop), isSystem: true);
        setup.Map(new RouteDefinition
        {
            Method = "GET",
            Path = "/api/doctor",
            Guard = Guard.Superuser,
            Handler = exchange => AnswerAsync(exchange, new Checkup(setup)),
            Summary = "What an operator should know: versions, places, settings that are not safe, files without records and records without files. `?files=1` compares those now.",
            Contract = RouteContract
                .Gives(
                    Shape.Object("", ("findings", Shape.ListOf(Shape.Object("", ("gravity", Shape.Text()), ("area", Shape.Text()), ("text", Shape.Text()), ("advice", Shape.Text()), ("lines", Shape.ListOf(Shape.Text())))))),
                    "The findings.")
                .Asks("files", "Compares files with records now.", Shape.Text())
                .AsksFields(),
        });
    }

    private static async ValueTask<Fault?> AnswerAsync(Exchange exchange, Checkup checkup)
    {
        var findings = await checkup.RunAsync(exchange.Query("files") is "1" or "true", exchange.Stop);
        FindingJson.Write(exchange.StartJson(), findings);
        return await exchange.SendJsonAsync();
    }
}
