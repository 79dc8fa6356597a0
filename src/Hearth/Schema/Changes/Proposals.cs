using System.Collections.Immutable;
using System.Text.Json;
using Hearth.Basics;
using Hearth.Schema.Stock;
using Hearth.Schema.Wire;

namespace Hearth.Schema.Changes;

/// <summary>Makes proposals from what clients send to the endpoints of collections (contract 4.6). Pure: nothing is asked of the database.</summary>
public static class Proposals
{
    /// <summary>Adds a collection.</summary>
    /// <param name="schema">The schema as it is.</param>
    /// <param name="body">The collection's members.</param>
    /// <param name="now">Canonical date text of this moment.</param>
    public static Outcome<SchemaProposal> Create(SchemaSnapshot schema, IReadOnlyDictionary<string, JsonElement> body, string now)
    {
        var read = CollectionJson.Read(body, null);
        if (read.Failed(out var fault)) return fault;
        var item = Propose(read.Value, null, schema.Collections, now);
        return new SchemaProposal(schema.Collections.Add(item.After), [item], "Failed to create collection.");
    }

    /// <summary>Changes a collection; members that are absent keep their value. Views that read it go along with new names.</summary>
    public static Outcome<SchemaProposal> Update(SchemaSnapshot schema, Collection before, IReadOnlyDictionary<string, JsonElement> body, string now)
    {
        var read = CollectionJson.Read(body, before);
        if (read.Failed(out var fault)) return fault;
        var item = Propose(read.Value, before, schema.Collections, now);
        var after = ViewRenames.Follow(schema.Collections, schema.Collections.Replace(before, item.After), [item.After], now);
        return new SchemaProposal(after, [item], "Failed to update collection.");
    }

    /// <summary>Removes a collection with all its records. Refused for system collections and for what others refer to or read.</summary>
    public static Outcome<SchemaProposal> Delete(SchemaSnapshot schema, Collection collection)
    {
        if (collection.System) return Fault.BadRequest("collections.system", $"System collection {collection.Name} cannot be deleted.");
        var after = schema.Collections.Remove(collection);
        return Blocked(collection, after) ?? (Outcome<SchemaProposal>)new SchemaProposal(after, [], "Failed to delete collection.");
    }

    /// <summary>
    /// Brings a set of collections in (contract 4.6). Entries are matched by id, else by name. Without <paramref name="deleteMissing"/>
    /// fields and collections that are not sent stay. Entries in the form before 0.23 are converted.
    /// </summary>
    public static Outcome<SchemaProposal> Import(SchemaSnapshot schema, IReadOnlyList<JsonElement> entries, bool deleteMissing, string now)
    {
        var all = schema.Collections;
        var touched = ImmutableArray.CreateBuilder<ProposedCollection>();
        var notes = ImmutableArray.CreateBuilder<ProposalNote>();
        var names = new ImportedNames();
        foreach (var given in entries)
        {
            var entry = OldDefinition.Converted(given, out var converted);
            var blank = CollectionJson.Read(entry, null);
            if (blank.Failed(out var fault)) return ImportFault(fault.Cause ?? fault.Message);
            var sent = blank.Value.Collection;
            var before = schema.Collections.FirstOrDefault(own => own.Id == sent.Id && sent.Id.Length > 0) ??
                schema.Collections.FirstOrDefault(own => own.Name.Equals(sent.Name, StringComparison.OrdinalIgnoreCase));
            if (touched.Any(item => before is not null && item.Before == before)) return ImportFault($"the collection {sent.Name} is there twice");
            // Options that a blank collection of this type does not have are read only now.
            var merged = before is null ? blank : CollectionJson.Read(entry, before);
            if (merged.Failed(out fault, out var read)) return fault;
            // Matched by name: the id stays what it is.
            if (before is not null) read = read with { Collection = read.Collection with { Id = before.Id, Fields = KeepFields(before, read.Collection, deleteMissing) } };
            var item = Propose(read, before, all, now);
            touched.Add(item);
            names.Add(sent.Id, item.After);
            if (converted is not null) notes.Add(new ProposalNote(item.After.Name, converted));
            all = before is null ? all.Add(item.After) : all.Replace(before, item.After);
        }
        for (var i = 0; i < touched.Count; i++)
        {
            var mapped = names.Mapped(touched[i].After, all, notes.Add);
            if (ReferenceEquals(mapped, touched[i].After)) continue;
            all = all.Replace(touched[i].After, mapped);
            touched[i] = touched[i] with { After = mapped };
        }
        if (deleteMissing)
        {
            var missing = all.Where(own => !own.System && !touched.Any(item => ReferenceEquals(item.After, own))).ToList();
            all = all.RemoveRange(missing);
            foreach (var gone in missing)
            {
                if (Blocked(gone, all) is { } blocked) return ImportFault(blocked.Message);
            }
        }
        all = ViewRenames.Follow(schema.Collections, all, touched.Select(item => item.After), now);
        return new SchemaProposal(all, touched.ToImmutable(), "Failed to import collections.") { IsImport = true, Notes = notes.ToImmutable() };
    }

    /// <summary>The fault of an import.</summary>
    public static Fault ImportFault(string why) => ImportRefused($"Failed to import the collections configuration. Raw error:\n{why}");

    /// <summary>The same with a sentence of its own.</summary>
    public static Fault ImportRefused(string message) => Fault.BadRequest("collections.import", "Failed to import collections.", new FaultMap().Add(
        "collections", new FieldFault("validation_collections_import_failure", Sentence.Of(message))));

    private static ProposedCollection Propose(CollectionReading read, Collection? before, IEnumerable<Collection> all, string now)
    {
        var taken = all.Where(other => other != before).Select(other => other.Id).ToHashSet(StringComparer.Ordinal);
        var after = Completion.Complete(read.Collection, before, taken);
        return new ProposedCollection(before, after with { Created = after.Created.Length > 0 ? after.Created : now, Updated = now }, read.Faults);
    }

    /// <summary>
    /// Fields that the entry does not have: system fields always stay, the others unless missing ones are to go. What would stay, but is sent
    /// under an id of its own with the same name and type, is the same field, so that its values stay too.
    /// </summary>
    private static ImmutableArray<Field> KeepFields(Collection before, Collection sent, bool deleteMissing)
    {
        if (before.Type == CollectionType.View) return sent.Fields;
        var fields = sent.Fields;
        var missing = new List<Field>();
        foreach (var old in before.Fields.Where(old => (old.System || !deleteMissing) && !sent.Fields.Any(field => field.Id == old.Id)))
        {
            var same = fields.FirstOrDefault(field => field.Type == old.Type && field.Name == old.Name && !before.Fields.Any(own => own.Id == field.Id));
            if (same is null) missing.Add(old);
            else fields = fields.Replace(same, same with { Id = old.Id });
        }
        return [.. missing.Where(field => field.System), .. fields, .. missing.Where(field => !field.System)];
    }

    private static Fault? Blocked(Collection gone, IReadOnlyList<Collection> remaining)
    {
        var referring = remaining.Where(other => other.Fields.OfType<RelationField>().Any(field => field.CollectionId == gone.Id)).Select(other => other.Name).ToList();
        if (referring.Count > 0)
        {
            return Fault.BadRequest("collections.referred", $"The collection {gone.Name} has external relation field references ({string.Join(", ", referring)}).");
        }
        var views = remaining.Where(other => other.Type == CollectionType.View && ViewOrder.Reads(other, gone.Name)).Select(view => view.Name).ToList();
        return views.Count == 0 ? null : Fault.BadRequest("collections.viewed", $"The collection {gone.Name} is read by the view {string.Join(", ", views)}.");
    }
}
