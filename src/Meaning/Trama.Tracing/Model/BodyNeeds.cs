namespace Trama.Tracing;

/// <summary>What is wanted of the bodies of messages; each level with those before it.</summary>
public enum BodyNeeds : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>What they are, how long, and their first bytes: <see cref="Message.Body"/>.</summary>
    Facts,

    /// <summary>All that messages say: <see cref="ITraceSink.ContentBytes"/>.</summary>
    Content,
}
