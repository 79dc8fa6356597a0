namespace Hearth.Http.Contracts;

/// <summary>A value of the query or a header of a request.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">A sentence for the reference.</param>
/// <param name="Shape">What it can be.</param>
/// <param name="InHeader">It is a header, not in the query.</param>
/// <param name="IsRequired">Requests without it are refused.</param>
public sealed record RouteParameter(string Name, string Description, Shape Shape, bool InHeader = false, bool IsRequired = false);

/// <summary>The body of a request.</summary>
/// <param name="Shape">What it holds.</param>
/// <param name="Types">The media types that are taken.</param>
/// <param name="IsRequired">Requests without it are refused.</param>
public sealed record RouteBody(Shape Shape, IReadOnlyList<string> Types, bool IsRequired);

/// <summary>One kind of answer.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Description">A sentence for the reference.</param>
/// <param name="Shape">The body; null when there is none, or when it is no JSON.</param>
/// <param name="Type">Media type of the body; null when there is none.</param>
/// <param name="Headers">Headers that belong to the answer.</param>
public sealed record RouteAnswer(int Status, string Description, Shape? Shape, string? Type, IReadOnlyList<string> Headers);

/// <summary>
/// What a caller sends to a route and what comes back. It stands with the route, and the OpenAPI document is made from it. What follows from the route itself (who may
/// call it, limits of rates and sizes, what is missing) need not be said again.
/// </summary>
public sealed record RouteContract
{
    private const string Json = "application/json";
    private static readonly string[] Forms = [Json, "multipart/form-data", "application/x-www-form-urlencoded"];

    private RouteContract(RouteAnswer answer) => Answers = [answer];

    /// <summary>What can stand in the query and in headers.</summary>
    public IReadOnlyList<RouteParameter> Parameters { get; private init; } = [];

    /// <summary>The body of requests; null when none is read.</summary>
    public RouteBody? Body { get; private init; }

    /// <summary>What comes back when all is well.</summary>
    public IReadOnlyList<RouteAnswer> Answers { get; private init; }

    /// <summary>Refusals of this route alone: status and reason.</summary>
    public IReadOnlyList<(int Status, string Why)> Refusals { get; private init; } = [];

    /// <summary>Answers 200 with JSON.</summary>
    public static RouteContract Gives(Shape shape, string description) => new(new RouteAnswer(200, description, shape, Json, []));

    /// <summary>Answers 204, without a body.</summary>
    public static RouteContract GivesNothing(string description) => new(new RouteAnswer(204, description, null, null, []));

    /// <summary>Answers 200 with what is no JSON.</summary>
    public static RouteContract GivesBytes(string type, string description) => new(new RouteAnswer(200, description, Shape.Bytes(), type, []));

    /// <summary>Answers with a status and headers alone.</summary>
    public static RouteContract GivesHeaders(int status, string description, params string[] headers) => new(new RouteAnswer(status, description, null, null, headers));

    /// <summary>Answers this as well.</summary>
    public RouteContract Or(int status, string description, Shape? shape = null, string type = Json) =>
        this with { Answers = [.. Answers, new RouteAnswer(status, description, shape, shape is null ? null : type, [])] };

    /// <summary>Takes JSON or a form. It must be sent when it has members that must.</summary>
    public RouteContract Takes(Shape shape) => this with { Body = new RouteBody(shape, Forms, shape.Members.Any(static member => member.IsRequired)) };

    /// <summary>Takes JSON alone.</summary>
    public RouteContract TakesJson(Shape shape) => this with { Body = new RouteBody(shape, [Json], shape.Members.Any(static member => member.IsRequired)) };

    /// <summary>Takes a body of one type.</summary>
    public RouteContract Takes(string type, Shape shape) => this with { Body = new RouteBody(shape, [type], true) };

    /// <summary>Reads a value of the query.</summary>
    public RouteContract Asks(string name, string description, Shape? shape = null) => this with { Parameters = [.. Parameters, new RouteParameter(name, description, shape ?? Shape.Text())] };

    /// <summary>Reads a header.</summary>
    public RouteContract Header(string name, string description, bool isRequired = false) =>
        this with { Parameters = [.. Parameters, new RouteParameter(name, description, Shape.Text(), InHeader: true, isRequired)] };

    /// <summary>Reads <c>fields</c>, as every route does that answers with JSON.</summary>
    public RouteContract AsksFields() => Asks("fields", "Only these keys of the answer, such as id,title,body:excerpt(80,true). The others are missing then.");

    /// <summary>Reads <c>expand</c> and <c>fields</c>.</summary>
    public RouteContract AsksPickers() => Asks("expand", "Relations to bring along, such as author,comments_via_post.author.").AsksFields();

    /// <summary>Reads what lists are asked by.</summary>
    public RouteContract AsksPage() => this
        .Asks("page", "Page, from 1.", Shape.Integer())
        .Asks("perPage", "Items a page, at most 1000; 30 when left out.", Shape.Integer())
        .Asks("filter", "Only items for which this holds, such as title ~ \"hello\" && created > @yesterday.")
        .Asks("sort", "Fields to sort by, such as -created,title.")
        .Asks("skipTotal", "Leave the totals out (they come as -1), which is faster.", Shape.Truth());

    /// <summary>Can be refused for a reason of its own.</summary>
    public RouteContract Refuses(int status, string why) => this with { Refusals = [.. Refusals, (status, why)] };
}
