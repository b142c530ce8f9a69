using Trama.Packets.Decoding;

namespace Trama.Tracing;

/// <summary>Tells whose a connection is.</summary>
public interface IConnectionOwners
{
    /// <summary>A connection begins in the capture.</summary>
    /// <param name="first">Its first segment.</param>
    /// <param name="isFromClient">Whether the client sent that.</param>
    /// <returns>Tells whose a side is, as far as that is known when it is called; null when nothing will be known.</returns>
    Func<Side, SideProcess?>? Begin(in TcpSegment first, bool isFromClient);
}
