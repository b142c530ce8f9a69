using System.Text;
using Trama.Captures.Synthetic;
using Trama.Packets;
using Trama.Packets.Decoding;
using Trama.Packets.Network;
using Trama.Packets.Transport;

namespace Trama.Captures.Tests.Synthetic;

public sealed class SyntheticConversationTests : IDisposable
{
    private static readonly Endpoint Client = new(IpAddress.FromBytes([10, 0, 0, 1]), 40000);
    private static readonly Endpoint Server = new(IpAddress.FromBytes([10, 0, 0, 2]), 5000);
    private static readonly Endpoint Server6 = new(IpAddress.FromBytes([0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]), 5000);

    private readonly List<string> _segments = [];
    private readonly MemoryStream _toServer = new();
    private readonly SyntheticCapture _capture;
    private (SequenceNumber Client, SequenceNumber Server)? _origins;

    public SyntheticConversationTests() => _capture = new SyntheticCapture(Take);

    public void Dispose() => _toServer.Dispose();

    [Fact]
    public void Tells_a_conversation_as_segments()
    {
        SyntheticConversation conversation = _capture.Begin(Client, Server);
        conversation.Ask(new Timestamp(1));
        conversation.Accept(new Timestamp(2), new Timestamp(3));
        conversation.Say(byClient: true, "question"u8, new Timestamp(4));
        conversation.Say(byClient: false, "answer"u8, new Timestamp(5));
        conversation.Finish(byClient: true, new Timestamp(6));
        conversation.Finish(byClient: false, new Timestamp(7));
        Assert.Equal(
            [
                "1 10.0.0.1:40000 Syn 0 -",
                "2 10.0.0.2:5000 Syn, Ack 0 1",
                "3 10.0.0.1:40000 Ack 1 1",
                "4 10.0.0.1:40000 Psh, Ack 1 1 question",
                "5 10.0.0.2:5000 Psh, Ack 1 9 answer",
                "6 10.0.0.1:40000 Fin, Ack 9 7",
                "7 10.0.0.2:5000 Fin, Ack 7 10",
                "7 10.0.0.1:40000 Ack 10 8",
            ],
            _segments);
    }

    [Fact]
    public void Tells_a_refusal_and_a_reset()
    {
        SyntheticConversation refused = _capture.Begin(Client, Server);
        refused.Ask(default);
        refused.Refuse(default);
        Assert.StartsWith("0 10.0.0.2:5000 Rst, Ack", _segments[^1], StringComparison.Ordinal);
        Assert.EndsWith(" 1", _segments[^1], StringComparison.Ordinal);
        (_origins, SyntheticConversation reset) = (null, _capture.Begin(Client, Server));
        reset.Ask(default);
        reset.Accept(default, default);
        reset.Reset(byClient: true, default);
        Assert.Equal("0 10.0.0.1:40000 Rst, Ack 1 1", _segments[^1]);
    }

    [Fact]
    public void A_side_that_closes_its_window_acknowledges_nothing_until_it_opens_it()
    {
        SyntheticConversation conversation = _capture.Begin(Client, Server);
        conversation.Ask(new Timestamp(1));
        conversation.Ask(new Timestamp(2));
        conversation.Accept(new Timestamp(3), new Timestamp(4));
        conversation.Say(byClient: true, "question"u8, new Timestamp(5));
        Assert.False(conversation.HasAcknowledged(byClient: false));
        conversation.CloseWindow(byClient: false, new Timestamp(6));
        Assert.Equal((true, false), (conversation.Takes(byClient: true), conversation.Takes(byClient: false)));
        conversation.Say(byClient: false, "busy"u8, new Timestamp(7));
        Assert.False(conversation.HasAcknowledged(byClient: false));
        conversation.Acknowledge(byClient: false, new Timestamp(8));
        Assert.True(conversation.HasAcknowledged(byClient: false));
        conversation.Break(new Timestamp(9));
        Assert.Equal(
            [
                "1 10.0.0.1:40000 Syn 0 -",
                "2 10.0.0.1:40000 Syn 0 -",
                "3 10.0.0.2:5000 Syn, Ack 0 1",
                "4 10.0.0.1:40000 Ack 1 1",
                "5 10.0.0.1:40000 Psh, Ack 1 1 question",
                "6 10.0.0.2:5000 Ack 1 1 closed",
                "7 10.0.0.2:5000 Psh, Ack 1 1 closed busy",
                "8 10.0.0.2:5000 Ack 5 9",
                "9 10.0.0.2:5000 Rst, Ack 5 9",
            ],
            _segments);
    }

    [Fact]
    public void Many_bytes_take_several_packets_that_the_other_side_acknowledges()
    {
        byte[] bytes = [.. Enumerable.Range(0, 5_000_000).Select(i => (byte)(i * 31))];
        SyntheticConversation conversation = _capture.Begin(Client, Server6);
        conversation.Ask(default);
        conversation.Accept(default, default);
        conversation.Say(byClient: true, bytes, default);
        Assert.Equal(bytes, _toServer.ToArray());
        Assert.InRange(_segments.Count(segment => segment.StartsWith("0 [fd00::1]:5000 Ack 1 ", StringComparison.Ordinal)), 4, 5);
    }

    [Fact]
    public void An_IPv4_client_of_an_IPv6_target_is_mapped()
    {
        _capture.Begin(Client, Server6).Ask(default);
        Assert.Equal("0 [::ffff:10.0.0.1]:40000 Syn 0 -", Assert.Single(_segments));
    }

    [Fact]
    public void Conversations_of_the_same_endpoints_have_numbers_of_their_own()
    {
        var first = new List<uint>();
        var capture = new SyntheticCapture((in Record record) =>
        {
            new SegmentDecoder().Decode(record, out TcpSegment segment);
            first.Add(segment.Sequence.Value);
        });
        for (int i = 0; i < 100; i++) capture.Begin(Client, Server).Ask(default);
        Assert.Equal(100, first.Distinct().Count());
    }

    private void Take(in Record record)
    {
        Assert.Equal(Decoded.Segment, new SegmentDecoder().Decode(record, out TcpSegment segment));
        Assert.Equal(0, ChecksumOf(record.Bytes, segment));
        bool byClient = segment.Source.Port == Client.Port;
        _origins ??= (segment.Sequence, default);
        if (!byClient && (segment.Flags & TcpFlags.Syn) != 0) _origins = (_origins.Value.Client, segment.Sequence);
        (SequenceNumber own, SequenceNumber other) = byClient ? _origins.Value : (_origins.Value.Server, _origins.Value.Client);
        string acknowledged = (segment.Flags & TcpFlags.Ack) == 0 ? "-" : $"{segment.Acknowledgement - other}";
        if (segment.Window == 0) acknowledged += " closed";
        string text = segment.Payload.Length is > 0 and < 100 ? " " + Encoding.UTF8.GetString(segment.Payload) : "";
        _segments.Add($"{record.Timestamp.Nanoseconds} {segment.Source} {segment.Flags} {segment.Sequence - own} {acknowledged}{text}");
        if (byClient) _toServer.Write(segment.Payload);
    }

    // RFC 1071: the sum over everything, the checksum included, is zero.
    private static ushort ChecksumOf(ReadOnlySpan<byte> packet, in TcpSegment segment)
    {
        bool isIpv6 = segment.Source.Address.IsIpv6;
        if (!isIpv6) Assert.Equal(0, default(InternetChecksum).Add(packet[..20]).Value);
        ReadOnlySpan<byte> addresses = isIpv6 ? packet[8..40] : packet[12..20];
        ReadOnlySpan<byte> tcp = packet[(isIpv6 ? 40 : 20)..];
        return default(InternetChecksum).Add(addresses).Add((uint)IpProtocol.Tcp).Add((uint)tcp.Length).Add(tcp).Value;
    }
}
