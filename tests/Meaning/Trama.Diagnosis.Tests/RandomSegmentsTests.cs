using CsCheck;
using Trama.Packets.Transport;
using Trama.Tracing;
using Trama.Tracing.Tests;

namespace Trama.Diagnosis.Tests;

public class RandomSegmentsTests
{
    private static readonly Gen<(Side From, TcpFlags Flags, uint Sequence, uint Acknowledgement, int Length, int Window, long AfterNs)> s_segments = Gen.Select(
        Gen.Bool, Gen.Int[0, 63], Gen.UInt[0, 40], Gen.UInt[0, 40], Gen.Int[0, 30], Gen.Int[0, 40], Gen.Long[0, 2_000_000_000],
        (isServer, flags, sequence, acknowledgement, length, window, afterNs) => (
            isServer ? Side.Server : Side.Client, (TcpFlags)flags, sequence * 10, acknowledgement * 10, length, window, afterNs));

    [Fact]
    public void Whatever_the_segments_are_every_connection_is_judged_and_counted() =>
        s_segments.Array[0, 60].Sample(segments =>
        {
            var diagnoser = new Diagnoser();
            var wire = new Wire(Diagnoser.Options, diagnoser);
            foreach (var (from, flags, sequence, acknowledgement, length, window, afterNs) in segments)
                wire.Send(from, flags, Wire.ClientStart + sequence, Wire.ServerStart + acknowledgement, new string('x', length), afterNs,
                    window);
            wire.Complete();
            CaptureDiagnosis diagnosis = diagnoser.Conclude(wire.Tracker.Totals);
            long faulty = diagnosis.Connections.LongCount(c => c.Findings[0].Severity >= Severity.Warning);
            Assert.Equal(wire.Tracker.Totals.Connections, faulty + diagnosis.HealthyConnections);
            Assert.All(diagnosis.Connections, c =>
                Assert.All(c.Findings, f => Assert.All(f.Packets, packet => Assert.InRange(packet, 1, segments.Length))));
        });

    [Fact]
    public void A_connection_of_many_chapters_tells_each_thing_once()
    {
        var diagnoser = new Diagnoser();
        var wire = new Wire(Diagnoser.Options, diagnoser);
        wire.Handshake(serverLegNs: 20_000_000);
        uint sequence = Wire.ClientStart + 1;
        for (int i = 0; i < Diagnoser.ChapterSegments * 2; i++)
        {
            wire.Send(Side.Client, TcpFlags.Ack, sequence, Wire.ServerStart + 1, "0123456789");
            // Every thousandth is lost beyond here, and sent again by a timer.
            if (i % 1000 == 999) wire.Send(Side.Client, TcpFlags.Ack, sequence, Wire.ServerStart + 1, "0123456789", afterNs: 300_000_000);
            sequence += 10;
            wire.Send(Side.Server, TcpFlags.Ack, Wire.ServerStart + 1, sequence, afterNs: 20_000_000);
        }

        wire.Complete();

        Finding loss = Assert.Single(Assert.Single(diagnoser.Conclude(wire.Tracker.Totals).Connections).Findings, f =>
            f.Id == FindingId.PacketLoss);
        Assert.Equal(Diagnoser.ChapterSegments * 2 / 1000, loss[FactName.Count]);
    }
}
