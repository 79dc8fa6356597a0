using System.Text;
using System.Text.Json;
using Hearth.Basics;
using Hearth.Http;
using Hearth.Http.Contracts;
using Hearth.Planning;
using Hearth.Planning.Reading;
using Hearth.Schema;
using Hearth.Schema.Changes;

namespace Hearth.Features.Rules;

/// <summary>
/// Tells who writes a rule whether it is valid, where the mistake is, and what it means. Nothing is stored or looked up in records.
/// Route: <c>/api/rules/check</c>. Tables: none.
/// </summary>
internal sealed class RulesFeature : Feature
{
    /// <summary>Longest rule that is checked, in UTF-16 units; far above what 200 comparisons need.</summary>
    private const int MostCharacters = 50_000;

    private const string Invalid = "An error occurred while validating the submitted data.";
    private const string Undecodable = "Failed to load the submitted data due to invalid formatting.";

    /// <inheritdoc/>
    public override string Name => "rules";

    /// <inheritdoc/>
    public override void Setup(FeatureSetup setup) => setup.Map(new RouteDefinition
    {
        Method = "POST",
        Path = "/api/rules/check",
        Guard = Guard.Superuser,
        Handler = exchange => AnswerAsync(exchange, setup),
        BodyLimit = 4 << 20,
        Summary = "Checks a rule or filter of a collection, which may be a draft: what it means as a tree, or where the mistake is.",
        Contract = RouteContract
            .Gives(
                Shape.Object(
                    "What the rule means.",
                    ("valid", Shape.Truth()),
                    ("tree?", Shape.Object("Groups with op and parts, comparisons with op, left and right; null for a rule that is empty.").OrNull()),
                    ("error?", Shape.Object("The mistake, by places in the text.", ("message", Shape.Text()), ("start", Shape.Integer()), ("end", Shape.Integer())))),
                "Whether the rule is valid.")
            .AsksFields()
            .TakesJson(Shape.Object(
                "A rule.",
                ("rule?", Shape.Text("The rule.")),
                ("action?", Shape.Text("What it is for: list, view, create, update, delete, manage, auth, mfa or filter.")),
                ("collection", Shape.Either(Shape.Text("Name or id."), Shape.Object("A collection that is not saved."))))),
    });

    private static async ValueTask<Fault?> AnswerAsync(Exchange exchange, FeatureSetup setup)
    {
        var read = await exchange.ReadBodyAsync(Undecodable);
        if (read.Failed(out var fault)) return fault;
        if (read.Value.ReadText("rule", Undecodable) is var rule && rule.Failed(out fault)) return fault;
        if (read.Value.ReadText("action", Undecodable) is var action && action.Failed(out fault)) return fault;
        if (rule.Value.Length > MostCharacters)
        {
            return Wrong("rule", new FieldFault("validation_length_too_long", $"The length must be no more than {MostCharacters}.", new Dictionary<string, object?> { ["min"] = 0, ["max"] = MostCharacters }));
        }
        if (action.Value is not ("" or "list" or "view" or "create" or "update" or "delete" or "manage" or "auth" or "mfa" or "filter"))
        {
            return Wrong("action", new FieldFault("validation_in_invalid", "Must be a valid value."));
        }
        if (Place(exchange.Schema, read.Value.Find("collection"), setup.Schemas.Now) is var place && place.Failed(out fault)) return fault;
        var (schema, collection) = place.Value;
        var tree = RuleReader.Read(schema, collection, rule.Value, out var mistake);
        mistake ??= Beyond(action.Value, rule.Value);

        var json = exchange.StartJson();
        json.WriteStartObject();
        json.WriteBoolean("valid"u8, mistake is null);
        if (mistake is null)
        {
            json.WritePropertyName("tree"u8);
            RuleTreeJson.Write(json, tree);
        }
        else
        {
            json.WriteStartObject("error"u8);
            json.WriteString("message"u8, mistake.Message);
            json.WriteNumber("start"u8, mistake.Start);
            json.WriteNumber("end"u8, mistake.End);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        return await exchange.SendJsonAsync();
    }

    /// <summary>What a use of a rule refuses although it can be bound.</summary>
    private static RuleMistake? Beyond(string action, string text)
    {
        if (action == "filter" && Encoding.UTF8.GetByteCount(text) > Planner.MaxFilterBytes) return new RuleMistake($"The filter is longer than {Planner.MaxFilterBytes} bytes.", 0, text.Length);
        return action == "manage" && text.Length == 0 ? new RuleMistake("This rule cannot be empty: everybody could take over every account.", 0, 0) : null;
    }

    /// <summary>The collection by name or id, or as a draft: then the schema is the one that would be.</summary>
    private static Outcome<Placed> Place(SchemaSnapshot schema, JsonElement? value, string now)
    {
        if (value is { ValueKind: JsonValueKind.String } name)
        {
            return schema.Find(name.GetString() ?? "") is { } known ? new Placed(schema, known) : Wrong("collection", new FieldFault("validation_invalid_collection", "There is no such collection."));
        }
        if (value is not { ValueKind: JsonValueKind.Object } draft) return Wrong("collection", FieldFault.Required);
        var members = RequestBody.FromJson(draft).Values;
        var before = members.TryGetValue("id", out var id) && id.ValueKind == JsonValueKind.String ? schema.Find(id.GetString() ?? "") : null;
        var proposed = before is null ? Proposals.Create(schema, members, now) : Proposals.Update(schema, before, members, now);
        if (proposed.Failed(out var fault)) return fault;
        if (!ProposalCheck.HasUniqueNames(proposed.Value)) return Wrong("collection", new FieldFault("validation_collection_name_exists", "Another collection has this name."));
        var after = proposed.Value.Touched[0].After;
        return new Placed(new SchemaSnapshot(schema.Version, proposed.Value.After), after);
    }

    private static Fault Wrong(string name, FieldFault fault) => Fault.BadRequest("rules.check", Invalid, new FaultMap().Add(name, fault));

    private sealed record Placed(SchemaSnapshot Schema, Collection Collection);
}
