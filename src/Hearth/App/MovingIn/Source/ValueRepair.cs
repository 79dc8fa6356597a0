using Hearth.Data;
using Hearth.Schema;

namespace Hearth.App.MovingIn.Source;

/// <summary>
/// Puts values of a copy, which old versions and hands have left in other forms, into the one that their fields have now: those that Hearth shows as
/// something else than what stands there, so that filters would not find what people see.
/// </summary>
internal sealed class ValueRepair(WriteSession session, Action<string> note)
{
    /// <summary>Mends the rows of a collection, whose table has a column for each field.</summary>
    public async ValueTask MendAsync(Collection collection, CancellationToken stop)
    {
        foreach (var field in collection.Fields)
        {
            var column = SqlWriter.Quote(field.Name);
            switch (field)
            {
                case BoolField:
                    // The words of truth of the contract (5.5); all others are false.
                    await SetAsync(collection, field, $"{column} IN ('1', 't', 'T', 'TRUE', 'true', 'True')", $"typeof({column}) = 'text'", "is a word such as “true” in #: true or false instead.", stop);
                    break;
                case NumberField:
                    await SetAsync(collection, field, "0", $"{column} IN (9e999, -9e999)", "is infinite in #: 0 instead.", stop);
                    break;
                case GeoPointField:
                    await SetAsync(
                        collection,
                        field,
                        $"json_object('lon', ifnull(json_extract({column}, '$.lon'), 0), 'lat', ifnull(json_extract({column}, '$.lat'), 0))",
                        $"CASE WHEN json_valid({column}) THEN json_type({column}) = 'object' AND (json_type({column}, '$.lon') IS NULL OR json_type({column}, '$.lat') IS NULL) END",
                        "has no longitude or no latitude in #: 0 instead.", stop);
                    break;
                case SelectField or RelationField or FileField when !field.Multiple:
                    await SetAsync(
                        collection,
                        field,
                        $"ifnull(json_extract({column}, '$[#-1]'), '')",
                        $"CASE WHEN {column} LIKE '[%' AND json_valid({column}) THEN json_type({column}) = 'array' END",
                        "is a list in # and holds one value: the last of the list.", stop);
                    break;
            }
        }
    }

    private async ValueTask SetAsync(Collection collection, Field field, string value, string where, string words, CancellationToken stop)
    {
        var count = await NativeRows.DoAsync(session, $"UPDATE {SqlWriter.Quote(collection.Name)} SET {SqlWriter.Quote(field.Name)} = {value} WHERE {where}", stop);
        if (count > 0) note($"{collection.Name}.{field.Name} {words.Replace("#", $"{count:N0} {(count == 1 ? "record" : "records")}", StringComparison.Ordinal)}");
    }
}
