using Trama.Captures;
using Trama.Diagnosis.Tests.Score;
using Trama.Tracing;

namespace Trama.Diagnosis.Tests;

/// <summary>No finding states what its capture contradicts.</summary>
public class PlausibilityTests
{
    [Theory]
    [InlineData("captures")]
    [InlineData("faults")]
    [InlineData("real")]
    [InlineData("protocols")]
    public void No_finding_of_any_capture_is_impossible(string folder)
    {
        var objections = new List<string>();
        foreach (string capture in Directory.EnumerateFiles(TestData.Shared(folder), "*", SearchOption.AllDirectories).Where(IsCapture))
        {
            foreach (ConnectionDiagnosis connection in Diagnose(capture))
            {
                foreach (Finding finding in connection.Findings)
                    if (Plausibility.Objection(finding) is { } objection) objections.Add(
                        $"{capture} #{connection.Id} {finding.Id}: {objection}");
            }
        }

        Assert.Empty(objections);
    }

    [Fact]
    public void What_is_impossible_is_noticed()
    {
        var loss = new Finding(FindingId.PacketLoss, Party.Network, Severity.Warning) { Packets = [1, 2] };
        Assert.Null(Plausibility.Objection(loss));
        Assert.NotNull(Plausibility.Objection(loss with { Packets = [] }));
        Assert.NotNull(Plausibility.Objection(loss with { Packets = [2, 1] }));
        Assert.NotNull(Plausibility.Objection(loss with { Severity = Severity.Error, Confidence = Confidence.Possible }));
        Assert.NotNull(Plausibility.Objection(loss with { Facts = [new Fact(FactName.LongestNs, -1)] }));
        Assert.NotNull(Plausibility.Objection(loss with { Facts = [new Fact(FactName.LongestNs, 9), new Fact(FactName.SumNs, 8)] }));
        Assert.NotNull(Plausibility.Objection(loss with
        { Facts = [new Fact(FactName.TimeToLive, 64), new Fact(FactName.UsualTimeToLive, 64)] }));
    }

    [Fact]
    public void Waits_for_several_losses_at_once_cost_no_more_than_the_longest_of_them()
    {
        Talk talk = new Talk().Open().Ask("GET / HTTP/1.1\r\n\r\n");
        uint start = talk.Next(Side.Server);
        for (int i = 0; i < 6; i++) talk.Say(Side.Server, new byte[1000], isAcknowledged: false);
        talk.Wait(0.3);
        for (uint i = 0; i < 6; i++)
            talk.Wire.Send(Side.Server, Packets.Transport.TcpFlags.Ack, start + i * 1000, talk.Next(Side.Client), new byte[1000],
                window: 60_000);
        Finding loss = talk.Wait(0.01).Send(Side.Client, Packets.Transport.TcpFlags.Ack).Found(FindingId.PacketLoss);
        Assert.Equal(6, loss[FactName.Count]);
        Assert.InRange(loss[FactName.SumNs]!.Value, 290_000_000, 310_000_000);
    }

    private static bool IsCapture(string path) => Path.GetExtension(path) is ".pcap" or ".pcapng" or ".cap";

    private static IReadOnlyList<ConnectionDiagnosis> Diagnose(string capture)
    {
        try
        {
            return ScoredCase.Diagnose(capture).Connections;
        }
        catch (CaptureException)
        {
            return [];
        }
    }
}
