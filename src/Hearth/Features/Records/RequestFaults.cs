using Hearth.Basics;

namespace Hearth.Features.Records;

/// <summary>What can be wrong with the address of a request for records (contract 6).</summary>
internal static class RequestFaults
{
    /// <summary>For GET and DELETE.</summary>
    public static Fault NoCollectionToRead => Fault.NotFound("records.no_collection", "Missing collection context.");

    /// <summary>For POST and PATCH.</summary>
    public static Fault NoCollectionToWrite => Fault.NotFound("records.no_collection", "Missing or invalid collection context.");
}
