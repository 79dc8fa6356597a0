namespace Hearth.Resources.Realtime;

/// <summary>One event on its way to a client.</summary>
/// <param name="Name">Name of the event: the topic as the client subscribed to it.</param>
/// <param name="Json">One JSON value.</param>
public readonly record struct StreamEvent(string Name, string Json);

/// <summary>An event as it waits for its turn; name and value are shared by all clients that get them.</summary>
/// <param name="Name">Name of the event, in UTF-8.</param>
/// <param name="Json">One JSON value on one line, in UTF-8.</param>
public readonly record struct StreamMessage(byte[] Name, byte[] Json);
