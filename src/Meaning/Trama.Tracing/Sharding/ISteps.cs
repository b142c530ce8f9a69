using Trama.Packets.Decoding;
using Trama.Tracing.Tracking;

namespace Trama.Tracing.Sharding;

/// <summary>Where what happens to the connections is worked on, each step in the order of the capture.</summary>
internal interface ISteps
{
    /// <summary>A connection begins.</summary>
    void Open(Flow flow);

    /// <summary>A segment of a connection.</summary>
    /// <param name="flow">The connection.</param>
    /// <param name="segment">The segment.</param>
    /// <param name="from">Who sent it.</param>
    /// <param name="packet">The number of its packet.</param>
    /// <param name="isOrderKept">Whether the capture has kept its packets in order so far.</param>
    void Take(Flow flow, in TcpSegment segment, Side from, long packet, bool isOrderKept);

    /// <summary>An ICMP error about a segment of a connection.</summary>
    void Tell(Flow flow, long packet, in QuotedSegment error);

    /// <summary>The server has fallen silent.</summary>
    void EndReply(Flow flow);

    /// <summary>The tracker lets go of a connection.</summary>
    void End(Flow flow);

    /// <summary>Returns when the sink has heard of everything known so far.</summary>
    void Settle();

    /// <summary>Settles; nothing comes after it.</summary>
    void Complete();
}
