using Trama.Packets.Network;
using Trama.Packets.Transport;
using Trama.Replay.Adapting;
using Trama.Replay.Recording;
using Trama.Replay.Serving;
using Trama.Tracing;

namespace Trama.Replay.Tests.Playing;

/// <summary>What a repertoire learns while it plays.</summary>
public class RepertoireTests
{
    [Fact]
    public void A_script_that_is_too_large_is_passed_over_and_later_ones_are_learnt()
    {
        var repertoire = new Repertoire([], MatchRule.Exact);
        repertoire.Learn(Asking("large", 300 << 20));
        repertoire.Learn(Asking("small", 5));
        Assert.False(Knows(repertoire, "large"));
        Assert.True(Knows(repertoire, "small"));
    }

    [Fact]
    public void Scripts_without_end_are_learnt_to_a_bound()
    {
        var repertoire = new Repertoire([], MatchRule.Exact);
        for (int i = 0; i < 70_000; i++) repertoire.Learn(Asking($"{i}", 1));
        Assert.True(Knows(repertoire, "60000"));
        Assert.False(Knows(repertoire, "69999"));
    }

    private static bool Knows(Repertoire repertoire, string request)
    {
        byte[] bytes = System.Text.Encoding.ASCII.GetBytes(request);
        return repertoire.Find(new LiveMessage { Bytes = bytes }, new Adaptation(), null, null) is not null;
    }

    private static Script Asking(string request, long length) => Script.Served(new RecordedConnection
    {
        Id = 1,
        Client = new Endpoint(IpAddress.FromIpv4(0x7f000001), 40_000),
        Server = new Endpoint(IpAddress.FromIpv4(0x7f000001), 7000),
        OpenedAt = default,
        State = ConnectionState.Closed,
        Exchanges =
        [
            new RecordedExchange
            {
                Index = 1,
                Request = new RecordedMessage
                {
                    From = Side.Client,
                    AtNs = 0,
                    EndNs = 0,
                    Offset = 0,
                    Bytes = System.Text.Encoding.ASCII.GetBytes(request),
                    Length = length,
                },
            },
        ],
    });
}
