using System.Text.Json;
using Hearth.Basics;
using Hearth.Schema;
using Hearth.Schema.Changes;
using Hearth.Schema.Stock;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Collections;

/// <summary>The codes of contract 1.7 for collections: what is sent, and where which code stands. Rules are checked with the planner, over HTTP.</summary>
[RunsOnce]
public sealed class CollectionFaultTests
{
    private static readonly SchemaSnapshot Schema = Start();

    [Theory]
    [InlineData("{}", "name:validation_required")]
    [InlineData("""{"name":"bad name"}""", "name:validation_match_invalid")]
    [InlineData("""{"name":"x","id":"a b"}""", "id:validation_match_invalid")]
    [InlineData("""{"name":"x","id":"_pb_users_auth_"}""", "id:validation_invalid_or_existing_id")]
    [InlineData("""{"name":"USERS"}""", "name:validation_collection_name_exists")]
    [InlineData("""{"name":"_pb_users_auth_"}""", "name:validation_collection_name_id_duplicate")]
    [InlineData("""{"name":"_params"}""", "name:validation_collection_name_invalid")]
    [InlineData("""{"name":"a_VIA_b"}""", "name:validation_found_via")]
    [InlineData("""{"name":"x","type":"odd"}""", "type:validation_in_invalid")]
    [InlineData("""{"name":"x","fields":[{"name":"a","type":"text","id":"i"},{"name":"b","type":"text","id":"i"}]}""", "fields.2.id:validation_duplicated_field_id")]
    [InlineData("""{"name":"x","fields":[{"name":"a","type":"text"},{"name":"A","type":"bool"}]}""", "fields.2.name:validation_duplicated_field_name")]
    [InlineData("""{"name":"x","fields":[{"name":"expand","type":"text"}]}""", "fields.1.name:validation_not_in_invalid")]
    [InlineData("""{"name":"x","fields":[{"name":"id","type":"number"}]}""", "fields:validation_missing_primary_key")]
    [InlineData("""{"name":"x","fields":[{"name":"a","type":"text","primaryKey":true}]}""", "fields.0.primaryKey:validation_unsupported_composite_pk fields.1.primaryKey:validation_unsupported_composite_pk fields.1.name:validation_in_invalid fields.1.required:validation_required fields.1.pattern:validation_required")]
    [InlineData("""{"name":"x","type":"auth","fields":[{"name":"passwordConfirm","type":"text"}]}""", "fields.1.name:validation_reserved_field_name")]
    [InlineData("""{"name":"x","fields":[{"name":"a","type":"text","min":-1,"pattern":"("}]}""", "fields.1.min:validation_min_greater_equal_than_required fields.1.pattern:validation_invalid_regex")]
    [InlineData("""{"name":"x","fields":[{"name":"a","type":"text","autogeneratePattern":"(?=a)"}]}""", "fields.1.autogeneratePattern:validation_invalid_regex")]
    [InlineData("""{"name":"x","fields":[{"name":"a","type":"text","max":3,"autogeneratePattern":"a{4}"}]}""", "fields.1.autogeneratePattern:validation_invalid_autogenerate_pattern_value")]
    [InlineData("""{"name":"x","fields":[{"name":"a","type":"text","autogeneratePattern":"(((){1000}){1000}){1000}"}]}""", "fields.1.autogeneratePattern:validation_invalid_regex")]
    [InlineData("""{"name":"x","fields":[{"name":"a","type":"number","onlyInt":true,"min":1.5}]}""", "fields.1.min:validation_only_int_constraint")]
    [InlineData("""{"name":"x","fields":[{"name":"a","type":"date","min":"2024-01-02","max":"2024-01-01"}]}""", "fields.1.max:validation_min_greater_equal_than_required")]
    [InlineData("""{"name":"x","fields":[{"name":"a","type":"select"}]}""", "fields.1.values:validation_required")]
    [InlineData("""{"name":"x","fields":[{"name":"a","type":"relation"}]}""", "fields.1.collectionId:validation_required")]
    [InlineData("""{"name":"x","fields":[{"name":"a","type":"relation","collectionId":"nope"}]}""", "fields.1.collectionId:validation_field_relation_missing_collection")]
    [InlineData("""{"name":"x","fields":[{"name":"a","type":"relation","collectionId":"v"}]}""", "fields.1.collectionId:validation_relation_field_non_view_base_collection")]
    [InlineData("""{"name":"x","fields":[{"name":"a","type":"file","thumbs":["10x10","0x0"]}]}""", "fields.1.thumbs.1:validation_match_invalid")]
    [InlineData("""{"name":"x","fields":[{"name":"a","type":"autodate"}]}""", "fields.1.onCreate:validation_required fields.1.onUpdate:validation_required")]
    [InlineData("""{"name":"x","fields":[{"name":"a","type":"email","onlyDomains":["a b"]}]}""", "fields.1.onlyDomains.0:validation_is_domain")]
    [InlineData("""{"name":"x","indexes":["nope"]}""", "indexes.0:validation_invalid_index_expression")]
    [InlineData("""{"name":"x","indexes":["CREATE INDEX i ON x (nope)"]}""", "indexes.0:validation_invalid_index_expression")]
    [InlineData("""{"name":"x","indexes":["CREATE INDEX _rel_1 ON x (id)"]}""", "indexes.0:validation_invalid_index_expression")]
    [InlineData("""{"name":"x","indexes":["CREATE INDEX i ON x (id)","CREATE INDEX I ON x (id) WHERE 1"]}""", "indexes.1:validation_duplicated_index_name")]
    [InlineData("""{"name":"x","indexes":["CREATE INDEX idx_t ON x (id)"]}""", "indexes.0:validation_existing_index_name")]
    [InlineData("""{"name":"x","type":"view","viewQuery":"SELECT id FROM users","indexes":["CREATE INDEX i ON x (id)"],"createRule":""}""", "indexes:validation_indexes_not_supported createRule:validation_nil")]
    [InlineData("""{"name":"x","type":"view"}""", "fields:validation_required viewQuery:validation_required")]
    [InlineData("""{"name":"x","type":"auth","manageRule":"","mfa":{"enabled":true,"duration":5}}""", "manageRule:validation_nil_or_not_empty_required mfa.enabled:validation_mfa_not_enough_auths mfa.duration:validation_min_greater_equal_than_required")]
    [InlineData("""{"name":"x","type":"auth","oauth2":{"enabled":true,"providers":[{"name":"google","clientId":"a","clientSecret":"b"},{"name":"google","clientId":"","clientSecret":"b","authURL":"nope"},{"name":"myspace","clientId":"a","clientSecret":"b"}]}}""", "oauth2.providers.1.name:validation_duplicated_provider oauth2.providers.1.clientId:validation_required oauth2.providers.1.authURL:validation_is_url oauth2.providers.2.name:validation_missing_provider")]
    [InlineData("""{"name":"x","type":"auth","verificationTemplate":{"subject":""}}""", "verificationTemplate.subject:validation_required")]
    [InlineData("""{"name":"x","type":"auth","fileToken":{"duration":0}}""", "fileToken.duration:validation_required")]
    public void Creating(string body, string expected) => Codes(Proposals.Create(Schema, Members(body), "now")).ShouldBe(expected);

    [Theory]
    [InlineData("t", """{"type":"auth"}""", "type:validation_collection_type_change")]
    [InlineData("t", """{"id":"other"}""", "id:validation_in_invalid")]
    [InlineData("t", """{"system":true}""", "system:validation_collection_system_flag_change")]
    [InlineData("t", """{"fields":[{"name":"a","type":"number"},{"name":"r","type":"relation","collectionId":"v2"}]}""", "fields.2.collectionId:validation_field_relation_change")]
    [InlineData("t", """{"fields":[{"id":"text3208210256","name":"key","type":"text","primaryKey":true}]}""", "fields:validation_system_field_change indexes.0:validation_invalid_index_expression")]
    [InlineData("users", """{"indexes":[]}""", "passwordAuth.identityFields:validation_missing_unique_constraint indexes:validation_invalid_unique_system_field_index")]
    [InlineData("users", """{"passwordAuth":{"identityFields":["nope"]}}""", "passwordAuth.identityFields:validation_missing_field")]
    [InlineData("users", """{"authToken":{"secret":"short"}}""", "authToken.secret:validation_length_out_of_range")]
    [InlineData("_superusers", """{"name":"admins","authRule":null}""", "name:validation_collection_system_name_change authRule:validation_collection_system_rule_change")]
    [InlineData("_superusers", """{"oauth2":{"enabled":true},"passwordAuth":{"enabled":false}}""", "")]
    public void Updating(string name, string body, string expected) => Codes(Proposals.Update(Schema, Schema.Find(name)!, Members(body), "now")).Split(' ').ShouldBe(expected.Split(' '), ignoreOrder: true);

    [Theory]
    [InlineData("""{"fields":[{"name":"a"}]}""")]
    [InlineData("""{"fields":[{"name":"a","type":"nope"}]}""")]
    [InlineData("""{"fields":[{"name":"a","type":"text","min":"x"}]}""")]
    [InlineData("""{"fields":[{"name":"a","type":"text","min":1.5}]}""")]
    [InlineData("""{"fields":[{"name":"a","type":"number","min":1e999}]}""")]
    [InlineData("""{"fields":{}}""")]
    [InlineData("""{"name":5}""")]
    [InlineData("""{"indexes":[5]}""")]
    [InlineData("""{"type":"auth","authToken":[]}""")]
    public void What_cannot_be_decoded_is_one_plain_fault(string body)
    {
        Proposals.Create(Schema, Members(body), "now").Failed(out var fault).ShouldBeTrue();
        (fault!.Status, fault.Message, fault.Data.IsEmpty).ShouldBe((400, "Failed to load the submitted data due to invalid formatting.", true));
    }

    private static string Codes(Outcome<SchemaProposal> outcome)
    {
        var proposal = ProposalCheck.InferViews(outcome.Value).Value;
        ProposalCheck.Check(proposal);
        return string.Join(' ', Flat(proposal.Touched[0].Faults, ""));
    }

    private static IEnumerable<string> Flat(FaultMap faults, string path) => faults.Entries.SelectMany(entry => entry.Value is FaultMap inner
        ? Flat(inner, $"{path}{entry.Key}.")
        : [$"{path}{entry.Key}:{((FieldFault)entry.Value).Code}"]);

    private static Dictionary<string, JsonElement> Members(string json) => JsonElement.Parse(json).EnumerateObject().ToDictionary(p => p.Name, p => p.Value);

    private static SchemaSnapshot Start()
    {
        var schema = new SchemaSnapshot(1, SystemCollections.Create());
        foreach (var body in new[]
        {
            """{"id":"v","name":"v","type":"view","viewQuery":"SELECT id FROM users"}""",
            """{"id":"t","name":"t","fields":[{"name":"a","type":"text"},{"name":"r","type":"relation","collectionId":"_pb_users_auth_"}],"indexes":["CREATE INDEX idx_t ON t (a)"]}""",
        })
        {
            schema = new SchemaSnapshot(1, ProposalCheck.InferViews(Proposals.Create(schema, Members(body), "now").Value).Value.After);
        }
        return schema;
    }
}
