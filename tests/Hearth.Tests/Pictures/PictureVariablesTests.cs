using Hearth.Resources.Pictures;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Pictures;

[RunsOnce]
public sealed class PictureVariablesTests
{
    [Theory]
    [InlineData(null, null, 0, 60)]
    [InlineData("3", "5", 3, 5)]
    [InlineData("0", "-1", 0, 60)]
    [InlineData("many", "99999999999", 0, 60)]
    [InlineData("100000", "999999", 1024, 86400)]
    public void They_bound_the_work(string? workers, string? wait, int most, int seconds)
    {
        var limits = PictureVariables.Of(name => name == PictureVariables.Workers ? workers : wait);
        limits.Workers.ShouldBe(most == 0 ? Environment.ProcessorCount + 2 : most);
        limits.Wait.ShouldBe(TimeSpan.FromSeconds(seconds));
        limits.Pixels.ShouldBe(new PictureLimits().Pixels);
    }
}
