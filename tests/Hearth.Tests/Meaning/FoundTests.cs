using Hearth.Planning;
using Hearth.Schema;
using Hearth.Tests.Planning;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Meaning;

/// <summary>Questions to which the engines once gave different answers, with the one that is right (docs/reference/semantics.md).</summary>
public sealed class FoundTests(CleanDatabase shared) : IClassFixture<CleanDatabase>
{
    private static readonly Collection Things = SchemaText.Read(
        """
        things
          list:
          title text
          n number
          meta json
          place geoPoint
          flag bool
        """).Find("things")!;

    [Theory]
    [InlineData("""strftime("%H:%M", "2025-02-03 24:00") = "00:00" """, true, "24:00 is the beginning of the next day")]
    [InlineData("""strftime("%Y-%m-%d", "2025-02-31 24:00") = "2025-03-04" """, true, "and the days that February lacks are those of March")]
    [InlineData("""strftime("%d", "2025-02-31", "subsec") = "03" """, true, "also beside a modifier that changes nothing")]
    [InlineData("""strftime("%T", "9999-12-31 24:00", "start of day") = "" """, true, "after the last year is nothing")]
    [InlineData("""strftime("%H:%M:%f", "10:11:59.9996") = "10:11:59.999" """, true, "seconds are not rounded into the next minute")]
    [InlineData("""strftime("%Y", -1, "utc") = "" """, true, "zones make nothing of what is no time")]
    [InlineData("""strftime("%H", "2025-02-03 10:00", "localtime") = "10" """, true, "every zone is UTC")]
    [InlineData("""strftime("%d", "2024-02-29 12:00", "+1 year", "floor") = "28" """, true, "floor takes back what leads beyond the month")]
    [InlineData("""strftime("%d", "2025-02-03", "+1e1 days") = "13" """, true, "amounts may have exponents")]
    [InlineData("""geoDistance(1, title, 0, 0) < 112""", true, "a text that is no number counts as 0")]
    [InlineData("""geoDistance(n, 0, 0, 0) >= 0""", true, "coordinates may be large")]
    [InlineData("""geoDistance(title, n, 2.35, 48.85) > 5000""", true, "or as small as numbers get")]
    [InlineData("""flag !~ geoDistance(place.lon, place.lat, 0, 0)""", true, "as a text a distance has a point")]
    [InlineData("""title = 5""", false, "beside a text a number is its text with a point")]
    [InlineData("""meta < 12345678901234600000""", true, "numbers in JSON keep their digits")]
    [InlineData("""meta = 12345678901234567000""", true, "and are the nearest floating-point numbers")]
    public async Task Both_engines_agree(string filter, bool finds, string why)
    {
        var database = await shared.BeginAsync(Things);
        (await database.InsertAsync(Things, ("id", "a"), ("title", "5"), ("n", 1e300), ("meta", FieldValue.Json("1.2345678901234567E+19")))).ShouldBeNull();
        if (filter.StartsWith("geoDistance(1", StringComparison.Ordinal)) await database.ExecuteAsync("UPDATE things SET title = 'x'");
        if (filter.StartsWith("geoDistance(title", StringComparison.Ordinal)) await database.ExecuteAsync("UPDATE things SET n = 5e-324");
        var plan = new Planner(new SchemaSnapshot(1, [Things]), RequestFacts.None).List(Things, null, new ListQuery(filter, "", 1, 10)).Value;
        (await database.IdsAsync(plan)).ShouldBe(finds ? "a" : "", why);
    }
}
