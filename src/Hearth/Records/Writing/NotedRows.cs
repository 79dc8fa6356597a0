using Hearth.Data.News;
using Hearth.Schema;

namespace Hearth.Records.Writing;

/// <summary>Records as those hear of them who listen. What nobody is ever shown, passwords and token keys, is left out.</summary>
internal static class NotedRows
{
    /// <summary>A record that was written.</summary>
    public static RowChange Of(RowAct act, Record record)
    {
        var values = record.CopyValues();
        var fields = record.Collection.Fields;
        for (var i = 0; i < values.Length; i++)
        {
            if (fields[i].Type == FieldType.Password || (record.Collection.Type == CollectionType.Auth && fields[i].Name == "tokenKey")) values[i] = fields[i].Zero;
        }
        return new RowChange(act, record.Collection, record.Id, values);
    }
}
