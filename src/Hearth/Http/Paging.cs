using System.Globalization;
using System.Text.Json;
using Hearth.Basics;

namespace Hearth.Http;

/// <summary>Which page of a list is asked for (contract 3).</summary>
/// <param name="Page">From 1.</param>
/// <param name="PerPage">1 to 1000.</param>
/// <param name="SkipTotal">Do not count; the totals are -1.</param>
public readonly record struct Paging(int Page, int PerPage, bool SkipTotal)
{
    /// <summary>Rows a page when none are asked for.</summary>
    public const int DefaultPerPage = 30;

    /// <summary>Most rows a page.</summary>
    public const int MostPerPage = 1000;

    /// <summary>Rows before this page.</summary>
    public long Offset => (long)(Page - 1) * PerPage;

    /// <summary>Reads <c>page</c>, <c>perPage</c> and <c>skipTotal</c>; what is not a number or truth value is a 400.</summary>
    public static Outcome<Paging> Read(Exchange exchange)
    {
        if (!TryNumber(exchange.Query("page"), 1, out var page)) return Wrong("page");
        if (!TryNumber(exchange.Query("perPage"), DefaultPerPage, out var perPage)) return Wrong("perPage");
        bool? skip = exchange.Query("skipTotal") switch
        {
            "1" or "t" or "T" or "TRUE" or "true" or "True" => true,
            "" or "0" or "f" or "F" or "FALSE" or "false" or "False" => false,
            _ => null,
        };
        return skip is null ? Wrong("skipTotal") : new Paging((int)page, (int)Math.Min(perPage, MostPerPage), skip.Value);
    }

    /// <summary>Begins the envelope; write the items after it, then <see cref="End(Utf8JsonWriter)"/>. <paramref name="total"/> is -1 when it was not counted.</summary>
    public void Start(Utf8JsonWriter writer, long total)
    {
        writer.WriteStartObject();
        writer.WriteNumber("page"u8, Page);
        writer.WriteNumber("perPage"u8, PerPage);
        WriteTotals(writer, total);
        writer.WriteStartArray("items"u8);
    }

    /// <summary>Begins the envelope of a list whose total is known only after its items; finish it with <see cref="End(Utf8JsonWriter, long)"/>.</summary>
    public void Start(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteNumber("page"u8, Page);
        writer.WriteNumber("perPage"u8, PerPage);
        writer.WriteStartArray("items"u8);
    }

    /// <summary>Ends the envelope with the totals. <paramref name="total"/> is -1 when it was not counted.</summary>
    public void End(Utf8JsonWriter writer, long total)
    {
        writer.WriteEndArray();
        WriteTotals(writer, total);
        writer.WriteEndObject();
    }

    /// <summary>Ends the envelope.</summary>
    public static void End(Utf8JsonWriter writer)
    {
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private void WriteTotals(Utf8JsonWriter writer, long total)
    {
        writer.WriteNumber("totalItems"u8, total);
        writer.WriteNumber("totalPages"u8, total < 0 ? -1 : (total + PerPage - 1) / PerPage);
    }

    private static bool TryNumber(string text, int standard, out long number)
    {
        number = standard;
        if (text.Length == 0) return true;
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number)) return false;
        number = number <= 0 ? standard : Math.Min(number, int.MaxValue);
        return true;
    }

    private static Fault Wrong(string name) => Fault.BadRequest("paging.invalid").Because($"{name} cannot be read");
}
