using System.Collections.Immutable;

namespace Hearth.Schema;

/// <summary>
/// What a change of the schema will do, computed before anything is touched. An engine renders the steps natively; the person who asks
/// for the plan (<c>?plan=true</c>) reads them in plain words with the rows touched and the data lost.
/// </summary>
/// <param name="Steps">What is done, in order, in one transaction.</param>
/// <param name="After">All collections as they will be.</param>
public sealed record SchemaChange(ImmutableArray<SchemaStep> Steps, ImmutableArray<Collection> After)
{
    /// <summary>Nothing to do.</summary>
    public bool IsEmpty => Steps.IsEmpty;
}

/// <summary>One step of a <see cref="SchemaChange"/>.</summary>
public abstract record SchemaStep;

/// <summary>Make the table of a collection with all its columns (not its indexes).</summary>
public sealed record CreateTable(Collection Collection) : SchemaStep;

/// <summary>Remove a table with all its records.</summary>
public sealed record DropTable(Collection Collection) : SchemaStep;

/// <summary>Give a table another name; its records stay.</summary>
public sealed record RenameTable(Collection Collection, string From, string To) : SchemaStep;

/// <summary>Add a column with the zero value for existing records.</summary>
public sealed record AddColumn(Collection Collection, Field Field) : SchemaStep;

/// <summary>Remove a column with its values.</summary>
public sealed record DropColumn(Collection Collection, Field Field) : SchemaStep;

/// <summary>Give a column another name; its values stay.</summary>
public sealed record RenameColumn(Collection Collection, string From, string To) : SchemaStep;

/// <summary>Turn single values into lists (a non-empty value becomes a list of one) or lists into single values (the last item stays).</summary>
public sealed record ConvertColumn(Collection Collection, Field Field, bool ToMultiple) : SchemaStep;

/// <summary>Make an index.</summary>
public sealed record CreateIndex(Collection Collection, IndexDefinition Index) : SchemaStep;

/// <summary>Remove an index.</summary>
public sealed record DropIndex(Collection Collection, IndexDefinition Index) : SchemaStep;

/// <summary>Make the view of a view collection; an id that is not text is cast to it.</summary>
/// <param name="Collection">The view.</param>
/// <param name="Query">Its query as an engine gets it: texts in double quotes are texts.</param>
public sealed record CreateView(Collection Collection, string Query) : SchemaStep;

/// <summary>Remove the view of a view collection.</summary>
public sealed record DropView(Collection Collection) : SchemaStep;

/// <summary>Write the definition of a collection into the table of collections (insert or replace by id).</summary>
public sealed record SaveDefinition(Collection Collection) : SchemaStep;

/// <summary>Remove the definition of a collection from the table of collections.</summary>
public sealed record RemoveDefinition(Collection Collection) : SchemaStep;
