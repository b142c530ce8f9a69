using System.Text;
using Trama.Replay.Recording;
using Trama.Tracing;

namespace Trama.Replay.Tests.Recording;

public sealed class RecordingSinkTests
{
    [Fact]
    public void Messages_have_their_bytes_words_and_times()
    {
        RecordedConnection connection = Assert.Single(Recordings.Of("postgresql-lab-extended.pcapng").Connections);
        Assert.Equal("postgresql", connection.Protocol);
        RecordedExchange failed = connection.Exchanges.Single(exchange => Text(exchange.Request!.Operation) == "select * from nope");
        Assert.Equal("42P01 relation \"nope\" does not exist", Text(failed.Status));
        Assert.True(failed.Failed);
        Assert.True(failed.ReplyDue);
        Assert.Equal(24, failed.Request!.Bytes.Length);
        Assert.True(failed.Request.IsWhole);
        Assert.Equal((byte)'Q', failed.Request.Bytes.Span[0]);
        Assert.InRange(failed.Reply!.AtNs, failed.Request.EndNs, connection.LastNs);
        Assert.Equal(connection.Messages.Count, connection.Exchanges.Sum(exchange => exchange.Messages.Count()));
    }

    [Theory]
    [InlineData("redis-lab-tls13", "resp", 6)]
    [InlineData("http2-lab-tls13-multiplex", "http2", 8)]
    [InlineData("websocket-lab-tls13", "websocket", 1)]
    public void What_was_encrypted_is_recorded_in_the_clear(string name, string protocol, int replies)
    {
        RecordedConnection connection = Assert.Single(Recordings.Of(name + ".pcapng", name + ".keys").Connections);
        Assert.Equal(protocol, connection.Protocol);
        Assert.True(connection.IsTls);
        Assert.False(connection.IsSealed);
        Assert.DoesNotContain(connection.Messages, message => message.Protocol == "tls");
        Assert.True(connection.Exchanges.Count(exchange => exchange is { Request: not null, Reply: not null }) >= replies);
    }

    [Fact]
    public void Without_keys_records_are_all_there_is()
    {
        RecordedConnection connection = Assert.Single(Recordings.Of("redis-lab-tls13.pcapng").Connections);
        Assert.True(connection.IsSealed);
        Assert.All(connection.Messages, message => Assert.Equal("tls", message.Protocol));
    }

    [Theory]
    [InlineData("http2-lab-h2c-multiplex.pcapng", null)]
    [InlineData("http2-lab-tls13-multiplex.pcapng", "http2-lab-tls13-multiplex.keys")]
    public void The_bytes_of_HTTP2_are_kept_as_they_came(string name, string? keys)
    {
        RecordedConnection connection = Assert.Single(Recordings.Of(name, keys).Connections);
        byte[] client = [.. connection.Pieces.Where(piece => piece.From == Side.Client).SelectMany(piece => piece.Bytes.ToArray())];
        Assert.StartsWith("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", Encoding.Latin1.GetString(client), StringComparison.Ordinal);
        Assert.Contains(connection.Pieces, piece => piece.From == Side.Server);
    }

    [Fact]
    public void Other_protocols_keep_messages_alone() =>
        Assert.Empty(Assert.Single(Recordings.Of("postgresql-lab-extended.pcapng").Connections).Pieces);

    [Fact]
    public void How_both_sides_ended_is_recorded()
    {
        RecordedConnection reset = Assert.Single(Recordings.Of("http2-lab-h2c-multiplex.pcapng").Connections);
        Assert.Equal((RecordedEnd.Reset, RecordedEnd.Fin), (reset.ClientEnd, reset.ServerEnd));
        RecordedConnection closed = Assert.Single(Recordings.Of("mysql-lab-prepared.pcapng").Connections);
        Assert.Equal((RecordedEnd.Fin, RecordedEnd.Fin), (closed.ClientEnd, closed.ServerEnd));
        Assert.NotNull(closed.ClientEndNs);
    }

    [Fact]
    public void Beyond_its_room_nothing_is_kept_and_that_is_counted()
    {
        RecordedCapture capture = Recordings.Of("mysql-lab-prepared.pcapng", sink: new RecordingSink(maxBytes: 1000));
        Assert.True(capture.LeftOut > 0);
        Assert.True(capture.Connections.Sum(connection => connection.Messages.Sum(message => message.Bytes.Length)) <= 1000);
        Assert.All(capture.Connections[0].Messages, message => Assert.True(message.Bytes.Length <= message.Length));
    }

    [Fact]
    public void One_connection_may_be_chosen()
    {
        RecordedCapture capture = Recordings.Of("mqtt-lab-v5-qos.pcapng", sink: new RecordingSink(connection: 3));
        Assert.Equal(3, Assert.Single(capture.Connections).Id);
    }

    [Theory, InlineData("mysql-lab-prepared.pcapng"), InlineData("mqtt-lab-v5-qos.pcapng"), InlineData("memcached-lab-text.pcapng")]
    public void A_capture_cut_anywhere_is_recorded_as_far_as_it_goes(string name)
    {
        string path = TestData.Shared($"protocols/{name}");
        for (int packets = 0; packets < 60; packets++)
        {
            RecordedCapture capture = Recordings.Read(path, packets: packets);
            Assert.All(capture.Connections.SelectMany(connection => connection.Messages),
                message => Assert.InRange(message.Bytes.Length, 0, message.Length));
        }
    }

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
