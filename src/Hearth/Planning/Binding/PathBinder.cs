using Hearth.Planning.Rules;
using Hearth.Schema;

namespace Hearth.Planning.Binding;

/// <summary>Follows a path of names from a source through relations, back-relations and JSON to the value at its end.</summary>
/// <param name="scope">Where the expression stands.</param>
/// <param name="emailOwners">Takes note of sources whose <c>email</c> a restricted client uses.</param>
internal sealed class PathBinder(Scope scope, List<Source> emailOwners)
{
    /// <summary>Most relations in one path (contract 2.2).</summary>
    public const int MaxHops = 6;

    /// <summary>The value at the end of the path, or null with a problem in the scope.</summary>
    /// <param name="start">Where the first name is looked up.</param>
    /// <param name="path">The names.</param>
    /// <param name="position">Where the path is written, for problems.</param>
    /// <param name="hops">Relations that were followed to get to the start.</param>
    /// <param name="lenient">Unknown names mean NULL rather than a problem (<c>@request.auth</c>, <c>@request.body</c>).</param>
    public Operand? Bind(Source start, PathText path, int position, int hops = 0, bool lenient = false)
    {
        var source = start;
        for (var i = 0; ; i++)
        {
            var collection = source.Collection!; // paths only lead through sources of records
            var name = path.Names[i];
            var last = i == path.Names.Length - 1;
            if (collection.FindField(name) is { } field)
            {
                if (scope.Hides(collection, field, position)) return null;
                if (last) return Value(source, field, path.Modifier);
                if (field.Type is FieldType.Json or FieldType.GeoPoint) return InsideJson(source, field, path.Rest(i + 1));
                if (field is not RelationField relation)
                {
                    return lenient ? Nothing : scope.Fail<Operand>($"\"{name}\" of \"{collection.Name}\" is no relation and has no parts", position);
                }
                if (scope.Schema.Find(relation.CollectionId) is not { } target)
                {
                    return scope.Fail<Operand>($"\"{name}\" of \"{collection.Name}\" refers to a collection that is gone", position);
                }
                if (IsIdOfSingle(relation, path, i)) return Value(source, relation, path.Modifier == Modifier.Lower ? Modifier.Lower : Modifier.None);
                source = scope.Joins.Relation(source, relation, target);
            }
            else if (!last && BackRelation(collection, name) is { } reference)
            {
                if (scope.Hides(reference.Collection, reference.Field, position)) return null;
                source = scope.Joins.BackRelation(source, reference);
            }
            else
            {
                return lenient ? Nothing : scope.Fail<Operand>(Unknown(collection, name), position);
            }
            if (++hops > MaxHops) return scope.Fail<Operand>($"The path follows more than {MaxHops} relations", position);
            if (!scope.Enter(source, source.Collection!, position)) return null; // both kinds of join have a collection
        }
    }

    /// <summary>The relation field that a name of the form <c>COLLECTION_via_FIELD</c> means, if it refers to this collection.</summary>
    public Reference? BackRelation(Collection to, string name)
    {
        const string via = "_via_";
        // Longer than any collection and field: hostile text with a "_via_" at every turn would cost its length squared.
        if (name.Length > 512) return null;
        for (var at = name.LastIndexOf(via, StringComparison.Ordinal); at > 0; at = name.LastIndexOf(via, at - 1, StringComparison.Ordinal))
        {
            if (scope.Schema.Find(name[..at]) is { } from && from.FindField(name[(at + via.Length)..]) is RelationField field && field.CollectionId == to.Id)
            {
                return new Reference(from, field);
            }
        }
        return null;
    }

    private static Literal Nothing => new(FieldValue.Null);

    /// <summary>The id at the end of a single relation is what the relation holds: no join is needed.</summary>
    private static bool IsIdOfSingle(RelationField relation, PathText path, int i) =>
        !relation.Multiple && i == path.Names.Length - 2 && path.Names[^1] == "id";

    private static Operand InsideJson(Source source, Field field, PathText rest)
    {
        var value = new JsonPath(source, field, rest.Names);
        return rest.Modifier == Modifier.Lower ? new Lower(value) : value;
    }

    private static string Unknown(Collection collection, string name) =>
        $"\"{collection.Name}\" has no field \"{name}\"{Suggestion.For(name, collection.Fields.Select(f => f.Name))}";

    private Operand Value(Source source, Field field, Modifier modifier)
    {
        if (scope.Restricted && field.Name == "email" && source.Collection is { Type: CollectionType.Auth }) emailOwners.Add(source);
        var column = new Column(source, field);
        return modifier switch
        {
            Modifier.Lower => new Lower(column),
            Modifier.Length when field.Type is FieldType.Select or FieldType.File or FieldType.Relation => new ItemCount(source, field),
            Modifier.Each when field.Multiple => new Item(scope.Joins.Each(source, field)),
            _ => column,
        };
    }
}
