using Trama.Packets.Transport;

namespace Trama.Tracing.Tests;

/// <summary>A segment sent again is no segment out of order, and the other way around.</summary>
public class RepetitionTests
{
    private const TcpFlags Data = TcpFlags.Psh | TcpFlags.Ack;
    private const uint Client = Wire.ClientStart + 1;
    private const uint Server = Wire.ServerStart + 1;
    private const long Ms = 1_000_000;

    [Fact]
    public void What_was_seen_already_is_a_retransmission_however_soon_it_comes_again()
    {
        Wire wire = Slow();
        wire.Send(Side.Client, Data, Client, Server, "aaaa");
        wire.Send(Side.Client, Data, Client + 4, Server, "bbbb");
        wire.Send(Side.Client, Data, Client, Server, "aaaa", afterNs: 10 * Ms);
        Assert.Equal((1, 0), (wire.Connection.ToServer.Retransmissions, wire.Connection.ToServer.OutOfOrder));
    }

    [Fact]
    public void What_was_seen_beyond_a_hole_is_a_retransmission_and_what_fills_the_hole_out_of_order()
    {
        Wire wire = Slow();
        wire.Send(Side.Client, Data, Client, Server, "aaaa");
        wire.Send(Side.Client, Data, Client + 8, Server, "cccc");
        wire.Send(Side.Client, Data, Client + 12, Server, "dddd");
        wire.Send(Side.Client, Data, Client + 16, Server, "eeee");
        wire.Send(Side.Client, Data, Client + 10, Server, "ccdd", afterNs: Ms);
        Assert.Equal((1, 0), (wire.Connection.ToServer.Retransmissions, wire.Connection.ToServer.OutOfOrder));
        wire.Send(Side.Client, Data, Client + 4, Server, "bbbb", afterNs: Ms);
        Assert.Equal((1, 1), (wire.Connection.ToServer.Retransmissions, wire.Connection.ToServer.OutOfOrder));
        wire.Send(Side.Client, Data, Client + 4, Server, "bbbb", afterNs: Ms);
        Assert.Equal((2, 1), (wire.Connection.ToServer.Retransmissions, wire.Connection.ToServer.OutOfOrder));
    }

    [Fact]
    public void What_fills_a_hole_late_was_sent_again()
    {
        Wire wire = Slow();
        wire.Send(Side.Client, Data, Client + 4, Server, "bbbb");
        wire.Send(Side.Client, Data, Client + 8, Server, "cccc");
        wire.Send(Side.Client, Data, Client, Server, "aaaa", afterNs: 300 * Ms);
        Assert.Equal((1, 0), (wire.Connection.ToServer.Retransmissions, wire.Connection.ToServer.OutOfOrder));
    }

    // A round trip of 100 ms: for so long a segment may be overtaken by the next ones.
    private static Wire Slow()
    {
        var wire = new Wire();
        wire.Handshake(serverLegNs: 100 * Ms);
        return wire;
    }
}
