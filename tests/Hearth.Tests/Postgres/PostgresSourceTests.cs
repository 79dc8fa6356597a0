using Hearth.Data.Postgres;
using Npgsql;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Postgres;

[RunsOnce]
public sealed class PostgresSourceTests
{
    [Fact]
    public async Task What_the_connection_string_does_not_say_is_ours()
    {
        await using var source = PostgresSource.Open(new PostgresEngineOptions { ConnectionString = "Host=db" }, new PreparedFor());
        var settings = new NpgsqlConnectionStringBuilder(source.ConnectionString);
        settings.MaxPoolSize.ShouldBe(20);
        settings.MaxAutoPrepare.ShouldBe(256);
        settings.AutoPrepareMinUsages.ShouldBe(2);
        settings.ApplicationName.ShouldBe("hearth");
    }

    [Fact]
    public async Task What_it_says_wins()
    {
        await using var source = PostgresSource.Open(new PostgresEngineOptions { ConnectionString = "Host=db;MaxPoolSize=7;Max Auto Prepare=0;Application Name=shop" }, new PreparedFor());
        var settings = new NpgsqlConnectionStringBuilder(source.ConnectionString);
        settings.MaxPoolSize.ShouldBe(7);
        settings.MaxAutoPrepare.ShouldBe(0);
        settings.ApplicationName.ShouldBe("shop");
    }
}
