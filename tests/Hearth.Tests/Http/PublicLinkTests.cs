using System.Net;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Http;

/// <summary>Symbolic links in the public folder: those that stay in it work, as mounted volumes are full of them; those that lead out of it do not.</summary>
public sealed class PublicLinkTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("hearth-links-").FullName;
    private TestApp app = null!;

    public async Task InitializeAsync()
    {
        var real = Directory.CreateDirectory(Path.Combine(folder, "releases", "5")).FullName;
        var outside = Directory.CreateDirectory(Path.Combine(folder, "outside")).FullName;
        await File.WriteAllTextAsync(Path.Combine(outside, "secret.txt"), "secret");
        // As Kubernetes mounts files: each is a link into a folder that is a link itself.
        var data = Directory.CreateDirectory(Path.Combine(real, "v1")).FullName;
        await File.WriteAllTextAsync(Path.Combine(data, "page.txt"), "page");
        File.CreateSymbolicLink(Path.Combine(real, "data"), "v1");
        File.CreateSymbolicLink(Path.Combine(real, "page.txt"), "data/page.txt");
        File.CreateSymbolicLink(Path.Combine(real, "absolute.txt"), Path.Combine(data, "page.txt"));
        File.CreateSymbolicLink(Path.Combine(real, "out.txt"), Path.Combine(outside, "secret.txt"));
        File.CreateSymbolicLink(Path.Combine(real, "up.txt"), "../../outside/secret.txt");
        File.CreateSymbolicLink(Path.Combine(real, "folder"), outside);
        File.CreateSymbolicLink(Path.Combine(real, "twice.txt"), "folder/secret.txt");
        File.CreateSymbolicLink(Path.Combine(real, "circle.txt"), "circle.txt");
        File.CreateSymbolicLink(Path.Combine(real, "nowhere.txt"), "missing");
        File.CreateSymbolicLink(Path.Combine(folder, "current"), real);
        app = await TestApp.StartAsync(options => options.PublicDirectory = Path.Combine(folder, "current"));
    }

    public async Task DisposeAsync()
    {
        await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Only_what_is_in_the_folder_is_served()
    {
        foreach (var path in new[] { "/page.txt", "/absolute.txt", "/data/page.txt", "/v1/page.txt" }) (await app.GetAsync(path)).Text.ShouldBe("page", path);
        foreach (var path in new[] { "/out.txt", "/up.txt", "/folder/secret.txt", "/twice.txt", "/circle.txt", "/nowhere.txt" })
        {
            var answer = await app.GetAsync(path);
            answer.Status.ShouldBe(HttpStatusCode.NotFound, path);
            answer.Text.ShouldNotContain("secret", Case.Insensitive, path);
        }
    }
}
