using System.Text.Encodings.Web;
using System.Text.Json;

namespace Hearth.Floors.HardCoded;

/// <summary>Writes rows as Hearth's record JSON. Column orders are those of <see cref="Sql"/>.</summary>
internal static class RowJson
{
    private static readonly JsonEncodedText
        CollectionId = JsonEncodedText.Encode("collectionId"), CollectionName = JsonEncodedText.Encode("collectionName"), Id = JsonEncodedText.Encode("id"),
        Title = JsonEncodedText.Encode("title"), Body = JsonEncodedText.Encode("body"), Views = JsonEncodedText.Encode("views"),
        Author = JsonEncodedText.Encode("author"), Tags = JsonEncodedText.Encode("tags"), Published = JsonEncodedText.Encode("published"),
        Created = JsonEncodedText.Encode("created"), Updated = JsonEncodedText.Encode("updated"), Name = JsonEncodedText.Encode("name"),
        Bio = JsonEncodedText.Encode("bio"), Expand = JsonEncodedText.Encode("expand"), Posts = JsonEncodedText.Encode("posts"),
        Authors = JsonEncodedText.Encode("authors"), Drafts = JsonEncodedText.Encode("drafts"), PostsId = JsonEncodedText.Encode(Shape.PostsId),
        AuthorsId = JsonEncodedText.Encode(Shape.AuthorsId), DraftsId = JsonEncodedText.Encode(Shape.DraftsId);

    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>A row of <see cref="Sql.PostColumns"/>, with the author of <see cref="Sql.AuthorColumns"/> behind it when expanded.</summary>
    public static void Post(Utf8JsonWriter json, Statement row, bool expanded = false)
    {
        json.WriteStartObject();
        json.WriteString(CollectionId, PostsId);
        json.WriteString(CollectionName, Posts);
        json.WriteString(Id, row.Text(0));
        json.WriteString(Title, row.Text(1));
        json.WriteString(Body, row.Text(2));
        json.WriteNumber(Views, row.Integer(3));
        json.WriteString(Author, row.Text(4));
        json.WritePropertyName(Tags);
        json.WriteRawValue(row.Text(5), skipInputValidation: true);
        json.WriteBoolean(Published, row.Integer(6) != 0);
        json.WriteString(Created, row.Text(7));
        json.WriteString(Updated, row.Text(8));
        if (expanded) WriteExpand(json, row);
        json.WriteEndObject();
    }

    /// <summary>A row of <see cref="Sql.DraftColumns"/>.</summary>
    public static void Draft(Utf8JsonWriter json, Statement row)
    {
        json.WriteStartObject();
        json.WriteString(CollectionId, DraftsId);
        json.WriteString(CollectionName, Drafts);
        json.WriteString(Id, row.Text(0));
        json.WriteString(Title, row.Text(1));
        json.WriteString(Body, row.Text(2));
        json.WriteNumber(Views, row.Integer(3));
        json.WriteString(Author, row.Text(4));
        json.WriteString(Created, row.Text(5));
        json.WriteString(Updated, row.Text(6));
        json.WriteEndObject();
    }

    private static void WriteExpand(Utf8JsonWriter json, Statement row)
    {
        json.WritePropertyName(Expand);
        json.WriteStartObject();
        if (!row.IsNull(9))
        {
            json.WritePropertyName(Author);
            json.WriteStartObject();
            json.WriteString(CollectionId, AuthorsId);
            json.WriteString(CollectionName, Authors);
            json.WriteString(Id, row.Text(9));
            json.WriteString(Name, row.Text(10));
            json.WriteString(Bio, row.Text(11));
            json.WriteString(Created, row.Text(12));
            json.WriteString(Updated, row.Text(13));
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
