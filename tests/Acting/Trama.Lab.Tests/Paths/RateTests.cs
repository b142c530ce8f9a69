using CsCheck;
using Trama.Lab.Paths;
using Trama.Lab.Paths.Obstacles;

namespace Trama.Lab.Tests.Paths;

public class RateTests
{
    private const int PacketLength = 1000;
    private static readonly WireSettings Settings = new() { RoundTrip = 0, ServerPort = Packets.ServerPort };

    // A megabit per second: a packet of 1000 bytes takes 8 ms.
    private const long Rate = 1_000_000;
    private const long Turn = 8_000_000;

    [Fact]
    public void A_bottleneck_sends_one_packet_after_the_other()
    {
        var wire = new Wire(Settings, [new Bottleneck(Direction.ToServer, Rate, 100_000)]);
        Send(wire, 5, gap: 0);
        Assert.Equal([Turn, 2 * Turn, 3 * Turn, 4 * Turn, 5 * Turn], Times(wire));
    }

    [Fact]
    public void A_bottleneck_at_rest_delays_a_packet_by_its_own_length()
    {
        var wire = new Wire(Settings, [new Bottleneck(Direction.ToServer, Rate, 100_000)]);
        Send(wire, 3, gap: 2 * Turn);
        Assert.Equal([Turn, 3 * Turn, 5 * Turn], Times(wire));
    }

    [Fact]
    public void What_does_not_fit_in_the_queue_is_dropped()
    {
        var wire = new Wire(Settings, [new Bottleneck(Direction.ToServer, Rate, 3 * PacketLength)]);
        Send(wire, 10, gap: 0);
        Assert.Equal(3, Times(wire).Count);
        Assert.All(wire.Events, entry => Assert.Equal("droptail", entry.Reason));
    }

    [Fact]
    public void The_other_direction_is_not_limited()
    {
        var wire = new Wire(Settings, [new Bottleneck(Direction.ToClient, Rate, 1), new Policer(Direction.ToClient, Rate, 1)]);
        Send(wire, 5, gap: 0);
        Assert.Equal([0, 0, 0, 0, 0], Times(wire));
    }

    [Fact]
    public void A_policer_lets_a_burst_pass_and_then_its_rate()
    {
        var wire = new Wire(Settings, [new Policer(Direction.ToServer, Rate, 2 * PacketLength)]);
        Send(wire, 20, gap: Turn / 2);
        // Two of the burst, and one for every second packet after it.
        Assert.InRange(Times(wire).Count, 10, 12);
    }

    [Fact]
    public void A_policer_never_lets_more_pass_than_burst_and_rate_allow() =>
        Gen.Select(Gen.Int[1000, 20_000], Gen.Int[0, 10_000_000].Array[1, 60]).Sample((burst, gaps) =>
        {
            var wire = new Wire(Settings, [new Policer(Direction.ToServer, Rate, burst)]);
            long now = 1;
            foreach (int gap in gaps) wire.Accept(Direction.ToServer, Packets.Up(1, payload: PacketLength - 40), now += gap);
            double most = burst + (now * Rate / 8e9);
            Assert.True(Times(wire).Count * PacketLength <= most + 1);
        });

    private static void Send(Wire wire, int count, long gap)
    {
        for (uint i = 0; i < count; i++) wire.Accept(Direction.ToServer, Packets.Up(i, payload: PacketLength - 40), i * gap);
    }

    private static List<long> Times(Wire wire)
    {
        List<long> times = [];
        while (wire.NextDue is { } due)
        {
            while (wire.TryTake(due, out _)) times.Add(due);
        }

        return times;
    }
}
