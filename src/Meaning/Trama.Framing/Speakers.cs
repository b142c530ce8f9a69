namespace Trama.Framing;

/// <summary>Tells from what is said who says it.</summary>
public static class Speakers
{
    /// <summary>Where bytes from the middle of a connection go, of which nothing else tells that.</summary>
    /// <param name="bytes">The bytes of one segment.</param>
    /// <returns>The direction in which alone they are those of a protocol; null when nothing tells it.</returns>
    public static Direction? DirectionOf(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return null;
        ReadOnlySpan<byte> first = bytes[..Math.Min(bytes.Length, Protocol.MaxFirst)];
        foreach (Protocol protocol in Protocols.All)
        {
            bool isOfClient = protocol.ResemblesMidway(Direction.ToServer, first) == Likeness.Yes;
            bool isOfServer = protocol.ResemblesMidway(Direction.ToClient, first) == Likeness.Yes;
            if (isOfClient != isOfServer) return isOfClient ? Direction.ToServer : Direction.ToClient;
            if (isOfClient) return null;
        }

        return null;
    }
}
