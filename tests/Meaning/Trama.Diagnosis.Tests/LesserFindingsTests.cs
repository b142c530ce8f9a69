using System.Globalization;
using Trama.Captures;
using Trama.Packets.Decoding;
using Trama.Packets.Transport;
using Trama.Tracing;
using Trama.Tracing.Tests;

namespace Trama.Diagnosis.Tests;

/// <summary>Findings that no labelled capture has.</summary>
public class LesserFindingsTests
{
    private const long HalfRoundTripNs = 10_000_000;

    private readonly Diagnoser _diagnoser = new();
    private readonly Wire _wire;
    private uint _client = Wire.ClientStart + 1;
    private uint _server = Wire.ServerStart + 1;

    public LesserFindingsTests()
    {
        _wire = new Wire(Diagnoser.Options, _diagnoser);
        _wire.Handshake(HalfRoundTripNs, HalfRoundTripNs);
    }

    [Fact]
    public void A_line_that_is_no_text_after_lines_that_were_is_garbled()
    {
        for (int i = 0; i < 3; i++)
        {
            Say(Side.Client, "pergunta\n"u8);
            Say(Side.Server, "resposta\n"u8);
        }

        Say(Side.Client, "pergunta\n"u8);
        Say(Side.Server, [.. "resp"u8, 0xff, .. "sta\n"u8]);

        Finding finding = Found(FindingId.GarbledText);
        Assert.Equal((Party.Server, Severity.Info), (finding.Party, finding.Severity));
        Assert.Equal([11], finding.Packets);
    }

    [Fact]
    public void Text_in_UTF_8_is_not_garbled()
    {
        for (int i = 0; i < 8; i++) Say(i % 2 == 0 ? Side.Client : Side.Server, "Olá, você aí\n"u8);
        Assert.DoesNotContain(FindingId.GarbledText, Findings().Select(f => f.Id));
    }

    [Theory]
    [InlineData(300, false)]
    [InlineData(500, true)]
    public void What_was_too_large_and_comes_in_smaller_pieces_was_not_lost(ushort mtu, bool isLoss)
    {
        const int piece = 260;
        string file = new('x', 400);
        _wire.Send(Side.Client, TcpFlags.Ack, _client, _server, file);
        _wire.SayTooLarge(mtu);
        for (int i = 0; i < file.Length; i += piece)
            _wire.Send(Side.Client, TcpFlags.Ack, _client + (uint)i, _server, file[i..Math.Min(file.Length, i + piece)],
                afterNs: i == 0 ? 300_000_000 : 1000);
        _wire.Send(Side.Server, TcpFlags.Ack, _server, _client + 400, afterNs: HalfRoundTripNs);
        Assert.Equal(isLoss, Findings().Any(finding => finding.Id == FindingId.PacketLoss));
    }

    [Fact]
    public void What_arrived_and_comes_again_is_needless()
    {
        Say(Side.Client, "question"u8);
        _wire.Send(Side.Server, TcpFlags.Ack, _server, _client, afterNs: HalfRoundTripNs);
        _wire.Send(Side.Client, TcpFlags.Ack | TcpFlags.Psh, _client - 8, _server, "question", afterNs: 300_000_000);
        _wire.Send(Side.Server, TcpFlags.Ack, _server, _client, afterNs: HalfRoundTripNs);
        Say(Side.Server, "answer"u8);

        Finding finding = Found(FindingId.SpuriousRetransmission);
        Assert.Equal(Severity.Info, finding.Severity);
        Assert.Equal(Side.Client, finding.Sender);
    }

    [Fact]
    public void Flights_of_one_size_below_the_window_are_the_sender_s_limit()
    {
        for (int flight = 0; flight < 10; flight++) Fly(8);
        Finding finding = Found(FindingId.SenderLimited);
        Assert.Equal((Party.Client, Severity.Info, 8000L), (finding.Party, finding.Severity, finding[FactName.Bytes]));
    }

    [Fact]
    public void Flights_that_grow_are_nobody_s_limit()
    {
        for (int flight = 0; flight < 6; flight++) Fly(2 << flight);
        Assert.DoesNotContain(FindingId.SenderLimited, Findings().Select(f => f.Id));
    }

    [Fact]
    public void A_transfer_after_a_pause_that_begins_small_again_starts_slowly()
    {
        foreach (int segments in (int[])[10, 20, 40]) Fly(segments);
        _wire.Now += 2_000_000_000;
        foreach (int segments in (int[])[10, 20]) Fly(segments);
        Finding finding = Found(FindingId.SlowStartAfterIdle);
        Assert.Equal((Party.Client, Severity.Info), (finding.Party, finding.Severity));
    }

    [Fact]
    public void A_damaged_segment_that_came_again_is_the_network_s()
    {
        string capture = Path.Combine(TestData.Shared("faults"), "packet-loss", "tail-1", "client.pcap");
        var sender = new Diagnoser();
        var tracker = new ConnectionTracker(Diagnoser.Options, sender);
        long damaged = FirstOfThoseSentAgain(capture), packet = 0;
        using CaptureFile file = CaptureFile.Open(capture);
        while (file.TryRead(out Packets.Record record))
        {
            byte[] bytes = record.Bytes.ToArray();
            if (++packet == damaged) bytes[^1] ^= 0x55;
            tracker.Observe(new Packets.Record(record.Timestamp, record.LinkType, bytes, record.OriginalLength));
        }

        tracker.Complete();
        Finding finding = sender.Conclude(tracker.Totals).Verdict!.Finding;
        Assert.Equal((FindingId.CorruptedChecksum, Party.Network, Severity.Warning), (finding.Id, finding.Party, finding.Severity));
        Assert.Equal(damaged, finding.Packets[0]);
    }

    private static long FirstOfThoseSentAgain(string capture)
    {
        var seen = new Dictionary<string, long>();
        var decoder = new SegmentDecoder();
        using CaptureFile file = CaptureFile.Open(capture);
        for (long packet = 1; file.TryRead(out Packets.Record record); packet++)
        {
            if (decoder.Decode(record, out TcpSegment segment) != Decoded.Segment || segment.PayloadLength == 0) continue;
            string place = string.Create(CultureInfo.InvariantCulture, $"{segment.Source} {segment.Sequence.Value}");
            if (!seen.TryAdd(place, packet)) return seen[place];
        }

        throw new InvalidOperationException("nothing was sent again");
    }

    private void Say(Side from, ReadOnlySpan<byte> payload)
    {
        ref uint own = ref (from == Side.Client ? ref _client : ref _server);
        _wire.Send(from, TcpFlags.Ack | TcpFlags.Psh, own, from == Side.Client ? _server : _client, payload, afterNs: HalfRoundTripNs);
        own += (uint)payload.Length;
    }

    // Segments of the client one right after the other, and the server's acknowledgement of all a round trip later.
    private void Fly(int segments)
    {
        for (int i = 0; i < segments; i++)
        {
            _wire.Send(Side.Client, TcpFlags.Ack, _client, _server, new byte[1000], afterNs: 10_000);
            _client += 1000;
        }

        _wire.Send(Side.Server, TcpFlags.Ack, _server, _client, afterNs: HalfRoundTripNs * 2, window: 65_535);
    }

    private IReadOnlyList<Finding> Findings()
    {
        _wire.Complete();
        return [.. _diagnoser.Conclude(_wire.Tracker.Totals).Connections.SelectMany(c => c.Findings)];
    }

    private Finding Found(FindingId id)
    {
        IReadOnlyList<Finding> findings = Findings();
        return findings.SingleOrDefault(f => f.Id == id) ?? throw new Xunit.Sdk.XunitException($"found: {string.Join(", ", findings)}");
    }
}
