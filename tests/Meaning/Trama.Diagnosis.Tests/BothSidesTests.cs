using Trama.Diagnosis.Joined;
using Trama.Packets.Transport;
using Trama.Tracing;
using Trama.Tracing.Tests;

namespace Trama.Diagnosis.Tests;

/// <summary>One capture of both sides of a device that translates addresses is two vantage points.</summary>
public class BothSidesTests
{
    private const uint Inside = 0x0a00_0007, Outside = 0xcb00_7107;
    private const TcpFlags Data = TcpFlags.Psh | TcpFlags.Ack;
    private const long PassedOnNs = 80_000;

    private static readonly byte[] s_request = "GET / HTTP/1.1\r\n\r\n"u8.ToArray();

    [Fact]
    public void A_reset_that_the_device_made_up_is_the_networks()
    {
        CaptureDiagnosis diagnosis = Judge(wire =>
        {
            Open(wire);
            Send(wire, Inside, Side.Server, TcpFlags.Rst | TcpFlags.Ack, 0, s_request.Length, 0);
            Send(wire, Outside, Side.Server, Data, 0, s_request.Length, 100);
        });
        Finding finding = diagnosis.Verdict!.Finding;
        Assert.Equal((FindingId.MiddleboxReset, Party.Network, Confidence.Certain), (finding.Id, finding.Party, finding.Confidence));
        Assert.Null(finding.SeenAt);
        Assert.Equal([1L], diagnosis.Verdict.Connections);
        Assert.Equal(FindingId.DuplicatedCapture, diagnosis.Connections.Single(c => c.Id == 2).Findings.Single().Id);
    }

    [Fact]
    public void A_reset_that_passed_the_device_is_the_servers()
    {
        CaptureDiagnosis diagnosis = Judge(wire =>
        {
            Open(wire);
            Both(wire, Side.Server, TcpFlags.Rst | TcpFlags.Ack, 0, s_request.Length, 0);
        });
        Assert.Equal((FindingId.ResetByServer, Party.Server), (diagnosis.Verdict!.Finding.Id, diagnosis.Verdict.Finding.Party));
        Assert.Equal([1L], diagnosis.Verdict.Connections);
    }

    [Fact]
    public void A_capture_without_such_a_device_is_not_read_again()
    {
        Talk talk = new Talk().Open().Ask("PING\r\n").Answer("+PONG\r\n");
        Assert.Null(BothSides.Of(talk.Judge()));
    }

    private static CaptureDiagnosis Judge(Action<Wire> tell)
    {
        var diagnoser = new Diagnoser();
        var wire = new Wire(Diagnoser.Options, diagnoser);
        tell(wire);
        wire.Complete();
        BothSides sides = BothSides.Of(diagnoser.Conclude(wire.Tracker.Totals))!;
        var again = new Wire(JoinedDiagnoser.Options, sides);
        tell(again);
        again.Complete();
        return sides.Conclude(again.Tracker.Totals);
    }

    private static void Open(Wire wire)
    {
        Both(wire, Side.Client, TcpFlags.Syn, -1, 0, 0);
        Both(wire, Side.Server, TcpFlags.Syn | TcpFlags.Ack, -1, 0, 0);
        Both(wire, Side.Client, TcpFlags.Ack, 0, 0, 0);
        Both(wire, Side.Client, Data, 0, 0, s_request.Length);
        Both(wire, Side.Server, TcpFlags.Ack, 0, s_request.Length, 0);
    }

    // A packet on both sides of the device, in the order in which it passes them.
    private static void Both(Wire wire, Side from, TcpFlags flags, int said, int heard, int length)
    {
        uint[] order = from == Side.Client ? [Inside, Outside] : [Outside, Inside];
        foreach (uint client in order) Send(wire, client, from, flags, said, heard, length);
    }

    private static void Send(Wire wire, uint client, Side from, TcpFlags flags, int said, int heard, int length)
    {
        wire.ClientAddress = client;
        (uint own, uint other) = from == Side.Client ? (Wire.ClientStart, Wire.ServerStart) : (Wire.ServerStart, Wire.ClientStart);
        byte[] payload = from == Side.Client && length > 0 ? s_request : new byte[length];
        uint acknowledgement = (flags & TcpFlags.Ack) != 0 ? other + 1 + (uint)heard : 0;
        wire.Send(from, flags, own + 1 + (uint)said, acknowledgement, payload, PassedOnNs, 60_000);
    }
}
