using Trama.Packets.Transport;
using Trama.Tracing;
using Trama.Tracing.Tests;

namespace Trama.Diagnosis.Tests;

/// <summary>Captures that have packets twice, and networks that make them twice.</summary>
public class CopyTests
{
    private readonly Talk _talk = new();
    private uint _sent = Wire.ClientStart + 1;

    [Theory]
    [InlineData(20_000)]
    [InlineData(4_000_000)]
    public void Packets_that_a_mirror_port_shows_twice_are_judged_once(long apartNs)
    {
        Open(apartNs);
        for (int i = 0; i < 30; i++) Transfer(apartNs, isCopied: true);
        CaptureDiagnosis diagnosis = _talk.Judge();
        Finding finding = diagnosis.Connections.SelectMany(c => c.Findings).Single();
        Assert.Equal((FindingId.DuplicatedCapture, Party.None, Severity.Info, 63L),
            (finding.Id, finding.Party, finding.Severity, finding[FactName.Count]));
        Assert.Null(diagnosis.Verdict);
    }

    [Fact]
    public void A_loss_is_found_among_packets_that_are_captured_twice()
    {
        Open(20_000);
        for (int i = 0; i < 10; i++) Transfer(20_000, isCopied: true);
        Data(20_000, isCopied: true);
        _sent -= 1000;
        _talk.Wire.Now += 400_000_000;
        Transfer(20_000, isCopied: true);
        Finding finding = _talk.Verdict()!;
        Assert.Equal((FindingId.PacketLoss, Party.Network), (finding.Id, finding.Party));
        Assert.True((finding[FactName.Count] ?? 1) == 1);
    }

    [Fact]
    public void A_network_that_makes_a_few_packets_twice_is_told_as_such()
    {
        Open(0);
        for (int i = 0; i < 30; i++) Transfer(20_000, isCopied: i % 5 == 0, isAcknowledgementCopied: false);
        Finding finding = _talk.Verdict()!;
        Assert.Equal((FindingId.Duplication, Party.Network, 6L), (finding.Id, finding.Party, finding[FactName.Count]));
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(0x1234_5678u)]
    public void A_connection_that_is_captured_on_both_sides_of_a_device_that_rewrites_addresses_is_judged_once(uint rewritten)
    {
        const uint Inside = 0x0a00_0007, Outside = 0xcb00_7107;
        byte[] request = "GET / HTTP/1.1\r\n\r\n"u8.ToArray();
        (uint client, uint server) = (Wire.ClientStart, Wire.ServerStart);
        Both(Side.Client, TcpFlags.Syn, client, 0, []);
        Both(Side.Server, TcpFlags.Syn | TcpFlags.Ack, server, client + 1, []);
        Both(Side.Client, TcpFlags.Ack, client + 1, server + 1, request);
        uint asked = client + 1 + (uint)request.Length;
        Both(Side.Server, TcpFlags.Ack, server + 1, asked, []);
        Both(Side.Server, TcpFlags.Rst | TcpFlags.Ack, server + 1, asked, []);
        CaptureDiagnosis diagnosis = _talk.Judge();
        Assert.Equal(FindingId.ResetByServer, diagnosis.Verdict?.Finding.Id);
        Assert.Single(diagnosis.Verdict!.Connections);
        Finding twin = diagnosis.Connections.Single(connection => connection.Id == 2).Findings.Single();
        Assert.Equal((FindingId.DuplicatedCapture, FindingKind.Translated, 1L), (twin.Id, twin.Kind, twin[FactName.EarlierConnection]));

        void Both(Side from, TcpFlags flags, uint sequence, uint acknowledgement, byte[] payload)
        {
            _talk.Wire.ClientAddress = Inside;
            _talk.Wire.Send(from, flags, sequence, acknowledgement, payload, 300_000, 60_000);
            _talk.Wire.ClientAddress = Outside;
            if (from == Side.Client) sequence += rewritten;
            else if ((flags & TcpFlags.Ack) != 0) acknowledgement += rewritten;
            _talk.Wire.Send(from, flags, sequence, acknowledgement, payload, 80_000, 60_000);
        }
    }

    [Fact]
    public void Connections_of_two_clients_with_the_same_numbers_one_after_the_other_are_no_copies()
    {
        foreach (uint client in (uint[])[0x0a00_0001, 0x0a00_0007])
        {
            _talk.Wire.ClientAddress = client;
            _talk.Open().Ask("PING\r\n").Answer("+PONG\r\n");
        }

        Assert.DoesNotContain(FindingId.DuplicatedCapture, _talk.Judge().Connections.SelectMany(c => c.Findings).Select(f => f.Id));
    }

    [Fact]
    public void Duplicate_acknowledgements_are_no_copies()
    {
        Open(0);
        for (int i = 0; i < 8; i++)
        {
            Data(0, isCopied: false);
            _talk.Wire.Send(Side.Server, TcpFlags.Ack, Wire.ServerStart + 1, Wire.ClientStart + 1, window: 60_000);
        }

        Assert.DoesNotContain(FindingId.DuplicatedCapture, _talk.Judge().Connections.SelectMany(c => c.Findings).Select(f => f.Id));
    }

    private void Open(long apartNs)
    {
        Step(Side.Client, TcpFlags.Syn, Wire.ClientStart, 0, "", apartNs);
        Step(Side.Server, TcpFlags.Syn | TcpFlags.Ack, Wire.ServerStart, Wire.ClientStart + 1, "", apartNs);
        Step(Side.Client, TcpFlags.Ack, Wire.ClientStart + 1, Wire.ServerStart + 1, "", apartNs);
    }

    private void Transfer(long apartNs, bool isCopied, bool? isAcknowledgementCopied = null)
    {
        Data(apartNs, isCopied);
        Step(Side.Server, TcpFlags.Ack, Wire.ServerStart + 1, _sent, "", isAcknowledgementCopied ?? isCopied ? apartNs : 0);
    }

    private void Data(long apartNs, bool isCopied)
    {
        Step(Side.Client, TcpFlags.Ack, _sent, Wire.ServerStart + 1, new string('x', 1000), isCopied ? apartNs : 0);
        _sent += 1000;
    }

    private void Step(Side from, TcpFlags flags, uint sequence, uint acknowledgement, string text, long copiedAfterNs)
    {
        _talk.Wire.Send(from, flags, sequence, acknowledgement, text, afterNs: 100_000, window: 60_000);
        if (copiedAfterNs > 0) _talk.Wire.SeeAgain(_talk.Wire.Interface, copiedAfterNs);
    }
}
