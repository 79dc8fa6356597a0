using System.Net;
using System.Text;
using Shouldly;
using Xunit;

namespace Hearth.Tests.OpenApi;

/// <summary>What the other tests hold answers against finds what is not described.</summary>
[RunsOnce]
public sealed class DescribedTests
{
    private static readonly Described Document = new("""
        {
          "openapi": "3.1.0",
          "paths": { "/a": { "get": { "responses": {
            "200": { "description": "", "content": { "application/json": { "schema": { "type": "array", "items": { "$ref": "#/components/schemas/one.thing" } } } } },
            "204": { "description": "" },
            "404": { "$ref": "#/components/responses/missing" }
          } } } },
          "components": {
            "schemas": { "one.thing": { "type": "object", "properties": { "id": { "type": "string" }, "n": { "type": ["integer", "null"] } }, "required": ["id"] } },
            "responses": { "missing": { "description": "", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/one.thing" } } } } }
          }
        }
        """);

    [Theory]
    [InlineData(200, "application/json", """[{"id":"x","n":1},{"id":"y","n":null}]""", null)]
    [InlineData(200, "application/json", """[{"n":1}]""", "id")]
    [InlineData(200, "application/json", """[{"id":"x","n":1.5}]""", "/0/n")]
    [InlineData(200, "application/json", """{"id":"x"}""", "array")]
    [InlineData(200, "text/html", "x", "text/html")]
    [InlineData(200, null, "", "no body")]
    [InlineData(204, null, "", null)]
    [InlineData(204, "application/json", "{}", "none is described")]
    [InlineData(404, "application/json", """{"id":"x"}""", null)]
    [InlineData(404, "application/json", """{"id":1}""", "/id")]
    [InlineData(500, "application/json", "{}", "500 is not described")]
    public void What_differs_is_told(int status, string? type, string text, string? told)
    {
        using var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(text, Encoding.UTF8) };
        response.Content.Headers.ContentType = type is null ? null : new(type);
        var differs = Document.Differs("GET", "/a", response, text);
        if (told is null) differs.ShouldBeNull();
        else differs.ShouldNotBeNull().ShouldContain(told);
    }

    [Fact]
    public void An_operation_that_is_not_there_is_told()
    {
        using var response = new HttpResponseMessage(HttpStatusCode.OK);
        Document.Differs("POST", "/a", response, "").ShouldNotBeNull();
    }
}
