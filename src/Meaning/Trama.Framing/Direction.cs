namespace Trama.Framing;

/// <summary>One of the two streams of a connection.</summary>
public enum Direction : byte
{
    /// <summary>What the client says.</summary>
    ToServer,

    /// <summary>What the server says.</summary>
    ToClient,
}
