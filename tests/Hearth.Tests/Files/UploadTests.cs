using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Hearth.Tests.Records;
using Shouldly;
using Xunit;

namespace Hearth.Tests.Files;

/// <summary>Files come with records: over forms, with modifiers, in batches; and go with them (contract 5.8, 6).</summary>
public sealed class UploadTests(FileWorld world) : IClassFixture<FileWorld>
{
    [Fact]
    public async Task What_is_uploaded_can_be_fetched_and_has_a_safe_name()
    {
        var doc = await world.AddAsync("docs", ("title", "x"), ("photo", ("My Photo.PNG", FileWorld.Png)), ("files", ("a.txt", FileWorld.Text("eins"))), ("files", ("../b.tar.gz", FileWorld.Text("zwei"))));
        doc.Text("photo").ShouldMatch("^my_photo_[a-z0-9]{10}\\.PNG$");
        var files = FileWorld.List(doc, "files");
        files[0].ShouldMatch("^a[a-z0-9]{10}_[a-z0-9]{10}\\.txt$");
        files[1].ShouldMatch("^b[a-z0-9]{10}_[a-z0-9]{10}\\.tar\\.gz$");
        (await world.ReadAsync($"docs/{doc.Id()}/{files[1]}")).ShouldBe("zwei");
        (await world.KeysAsync($"{FileWorld.Docs}/{doc.Id()}/")).Count.ShouldBe(3);
        var read = await world.Server.GetAsync($"/api/collections/docs/records/{doc.Id()}");
        read.Body.Text("photo").ShouldBe(doc.Text("photo"));
    }

    [Fact]
    public async Task Plain_name_replaces_and_modifiers_add_and_remove()
    {
        var doc = await world.AddAsync("docs", ("files", ("one.txt", FileWorld.Text("1"))));
        var one = FileWorld.List(doc, "files")[0];
        doc = (await world.PatchAsync("docs", doc.Id(), ("files+", ("two.txt", FileWorld.Text("2"))), ("+files", ("zero.txt", FileWorld.Text("0"))))).Body;
        var three = FileWorld.List(doc, "files");
        three.Length.ShouldBe(3);
        three[1].ShouldBe(one);
        three[0].ShouldStartWith("zero_");
        doc = (await world.PatchAsync("docs", doc.Id(), ("files", three[2]), ("files", ("new.txt", FileWorld.Text("n"))))).Body;
        var mixed = FileWorld.List(doc, "files");
        mixed[0].ShouldBe(three[2]);
        mixed[1].ShouldStartWith("new_");
        await world.SettledAsync();
        (await world.KeysAsync($"{FileWorld.Docs}/{doc.Id()}/")).Count.ShouldBe(2);
        doc = (await world.PatchAsync("docs", doc.Id(), ("files-", mixed[0]))).Body;
        FileWorld.List(doc, "files").ShouldBe([mixed[1]]);
        doc = (await world.PatchAsync("docs", doc.Id(), ("files", ("last.txt", FileWorld.Text("l"))))).Body;
        FileWorld.List(doc, "files").ShouldHaveSingleItem().ShouldStartWith("last_");
        doc = (await world.Server.SendAsync("PATCH", $"/api/collections/docs/records/{doc.Id()}", new { files = (string?)null }, world.Root)).Body;
        FileWorld.List(doc, "files").ShouldBeEmpty();
        await world.SettledAsync();
        (await world.KeysAsync($"{FileWorld.Docs}/{doc.Id()}/")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_several_for_a_single_field_the_last_stays()
    {
        var doc = await world.AddAsync("docs", ("photo", ("one.png", FileWorld.Png)), ("photo", ("two.png", FileWorld.Png)));
        doc.Text("photo").ShouldStartWith("two_");
        await world.SettledAsync();
        (await world.KeysAsync($"{FileWorld.Docs}/{doc.Id()}/")).ShouldHaveSingleItem().ShouldEndWith(doc.Text("photo"));
        var changed = (await world.PatchAsync("docs", doc.Id(), ("photo", ("three.png", FileWorld.Png)))).Body;
        await world.SettledAsync();
        (await world.KeysAsync($"{FileWorld.Docs}/{doc.Id()}/")).ShouldHaveSingleItem().ShouldEndWith(changed.Text("photo"));
    }

    [Fact]
    public async Task What_is_wrong_is_told_and_nothing_stays()
    {
        var before = await world.KeysAsync($"{FileWorld.Docs}/");
        (await world.PostAsync("docs", ("photo", ("big.png", (byte[])[.. FileWorld.Png, .. new byte[20000]])))).Code("photo").ShouldBe("validation_file_size_limit");
        var lie = await world.PostAsync("docs", ("photo", ("lie.png", FileWorld.Text("<html><script>alert(1)</script>"))));
        lie.Code("photo").ShouldBe("validation_invalid_mime_type");
        lie.Text.ShouldContain("mime type must be one of: image/png, image/jpeg.");
        (await world.PostAsync("docs", [.. Enumerable.Range(0, 6).Select(i => ("files", (object)($"{i}.txt", FileWorld.Text("x"))))])).Code("files").ShouldBe("validation_too_many_files");
        (await world.PostAsync("docs", ("title", new string('x', 30)), ("files", ("a.txt", FileWorld.Text("x"))))).Code("title").ShouldBe("validation_max_text_constraint");
        (await world.PostAsync("docs", ("files", "made_up.txt"))).Code("files").ShouldBe("validation_invalid_file");
        await world.AddAsync("docs", ("key", "taken"));
        // Only the database finds this out, when the bytes are written already.
        (await world.PostAsync("docs", ("key", "taken"), ("files", ("a.txt", FileWorld.Text("x"))))).Code("key").ShouldBe("validation_not_unique");
        await world.SettledAsync();
        (await world.KeysAsync($"{FileWorld.Docs}/")).ShouldBe(before);
    }

    [Fact]
    public async Task Rules_see_uploads_and_hidden_fields_take_none()
    {
        var two = FileWorld.Form(("secret", ("a.txt", FileWorld.Text("x"))), ("secret", ("b.txt", FileWorld.Text("x"))));
        (await world.Server.SendAsync("POST", "/api/collections/notes/records", two)).Status.ShouldBe(HttpStatusCode.OK);
        var three = FileWorld.Form(("secret", ("a.txt", FileWorld.Text("x"))), ("secret", ("b.txt", FileWorld.Text("x"))), ("secret", ("c.txt", FileWorld.Text("x"))));
        (await world.Server.SendAsync("POST", "/api/collections/notes/records", three)).Status.ShouldBe(HttpStatusCode.BadRequest);
        var guest = await world.Server.SendAsync("POST", "/api/collections/docs/records", FileWorld.Form(("hiddenFile", ("a.txt", FileWorld.Text("x")))));
        guest.Status.ShouldBe(HttpStatusCode.OK);
        (await world.KeysAsync($"{FileWorld.Docs}/{guest.Body.Id()}/")).ShouldBeEmpty();
        (await world.AddAsync("docs", ("hiddenFile", ("a.txt", FileWorld.Text("x"))), ("title", ("t.txt", FileWorld.Text("x"))))).Text("hiddenFile").ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Files_go_with_their_records_also_in_cascades()
    {
        var parent = await world.AddAsync("docs", ("files", ("p.txt", FileWorld.Text("p"))));
        var child = await world.AddAsync("docs", ("parent", parent.Id()), ("files", ("c.txt", FileWorld.Text("c"))));
        (await world.Server.SendAsync("DELETE", $"/api/collections/docs/records/{parent.Id()}", token: world.Root)).Status.ShouldBe(HttpStatusCode.NoContent);
        await world.SettledAsync();
        (await world.KeysAsync($"{FileWorld.Docs}/{parent.Id()}/")).ShouldBeEmpty();
        (await world.KeysAsync($"{FileWorld.Docs}/{child.Id()}/")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Batches_take_files_all_or_none()
    {
        (await world.Server.SendAsync("PATCH", "/api/settings", new { batch = new { enabled = true, maxRequests = 10, timeout = 3 } }, world.Root)).Status.ShouldBe(HttpStatusCode.OK);
        var before = await world.KeysAsync($"{FileWorld.Docs}/");
        const string id = "abcdefghij12345";
        var good = """{"requests":[{"method":"POST","url":"/api/collections/docs/records","body":{"title":"a"}},{"method":"PUT","url":"/api/collections/docs/records","body":{"id":"abcdefghij12345"}}]}""";
        var answer = await BatchAsync(good, ("requests.0.files", ("a.txt", FileWorld.Text("eins"))), ("requests[1].files", ("b.txt", FileWorld.Text("zwei"))));
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        var first = answer.Body[0].GetProperty("body");
        (await world.ReadAsync($"docs/{first.Id()}/{FileWorld.List(first, "files")[0]}")).ShouldBe("eins");
        (await world.ReadAsync($"docs/{id}/{FileWorld.List(answer.Body[1].GetProperty("body"), "files")[0]}")).ShouldBe("zwei");
        answer = await BatchAsync(good, ("requests.1.files+", ("c.txt", FileWorld.Text("drei"))));
        FileWorld.List(answer.Body[1].GetProperty("body"), "files").Length.ShouldBe(2);
        var bad = """{"requests":[{"method":"POST","url":"/api/collections/docs/records","body":{"title":"a"}},{"method":"PATCH","url":"/api/collections/docs/records/none","body":{}}]}""";
        (await BatchAsync(bad, ("requests.0.files", ("a.txt", FileWorld.Text("eins"))))).Status.ShouldBe(HttpStatusCode.BadRequest);
        await world.SettledAsync();
        (await world.KeysAsync($"{FileWorld.Docs}/")).Except(before).Count().ShouldBe(3);
    }

    [Fact]
    public async Task Sweeps_follow_what_a_schema_change_takes_away()
    {
        var made = await world.Server.SendAsync("POST", "/api/collections", new { name = "brief", type = "base", fields = new object[] { new { name = "one", type = "file" }, new { name = "two", type = "file" } } }, world.Root);
        made.Status.ShouldBe(HttpStatusCode.OK, made.Text);
        var id = made.Body.Id();
        var kept = await world.AddAsync("brief", ("one", ("a.txt", FileWorld.Text("1"))), ("two", ("b.txt", FileWorld.Text("2"))));
        (await world.KeysAsync($"{id}/")).Count.ShouldBe(2);
        var fields = JsonSerializer.SerializeToElement(made.Body.GetProperty("fields").EnumerateArray().Where(f => f.Text("name") != "two"));
        (await world.Server.SendAsync("PATCH", $"/api/collections/{id}", new { fields }, world.Root)).Status.ShouldBe(HttpStatusCode.OK);
        await world.SettledAsync();
        (await world.KeysAsync($"{id}/")).ShouldBe([$"{id}/{kept.Id()}/{kept.Text("one")}"]);
        (await world.AddAsync("brief", ("one", ("c.txt", FileWorld.Text("3"))))).Id().ShouldNotBeEmpty();
        (await world.Server.SendAsync("DELETE", $"/api/collections/{id}/truncate", token: world.Root)).Status.ShouldBe(HttpStatusCode.NoContent);
        await world.SettledAsync();
        (await world.KeysAsync($"{id}/")).ShouldBeEmpty();
        await world.AddAsync("brief", ("one", ("d.txt", FileWorld.Text("4"))));
        (await world.Server.SendAsync("DELETE", $"/api/collections/{id}", token: world.Root)).Status.ShouldBe(HttpStatusCode.NoContent);
        await world.SettledAsync();
        (await world.KeysAsync($"{id}/")).ShouldBeEmpty();
    }

    private Task<Answer> BatchAsync(string json, params (string Field, object Value)[] files) => world.Server.SendAsync("POST", "/api/batch", FileWorld.Form([("@jsonPayload", json), .. files]), world.Root);
}
