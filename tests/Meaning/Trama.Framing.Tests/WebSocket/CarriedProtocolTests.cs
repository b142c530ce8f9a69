namespace Trama.Framing.Tests.WebSocket;

/// <summary>Messages of WebSocket that carry the bytes of another protocol.</summary>
public class CarriedProtocolTests
{
    // Masked with zeros, so that what is said can be read. A packet of MQTT is cut by a message's end, and a ping comes between.
    private const string Mqtt =
        @">GET /mqtt HTTP/1.1\r\nUpgrade: websocket\r\nSec-WebSocket-Protocol: mqtt\r\n\r\n" + "\n"
        + @"<HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nSec-WebSocket-Protocol: mqtt\r\n\r\n" + "\n"
        + @">\x82\x90\0\0\0\0\x10\x0e\0\x04MQTT\x04\x02\0\x3c\0\x02c2" + "\n"
        + @"<\x82\x04\x20\x02\0\0\x89\0" + "\n"
        + @">\x8a\x80\0\0\0\0\x82\x85\0\0\0\0\x32\x09\0\x03a\x82\x86\0\0\0\0/1\0\x05hi" + "\n"
        + @"<\x02\x02\x40\x02\x80\x02\0\x05";

    [Fact]
    public void MQTT_in_WebSocket_is_read_as_MQTT()
    {
        (Direction, byte[])[] said = ProtocolSamples.Bytes(Mqtt);
        for (int piece = 1; piece <= 100; piece++)
        {
            List<string> told = RecordedMessages.Of(FramingRule.Auto, piece, said);
            Assert.Equal(
                ["CONNECT c2 MQTT 3.1.1", "CONNACK 0 Success", "ping", "pong", "PUBLISH a/1", "PUBACK"],
                told.Skip(2).Select(line => line.Split(" = ")[1].Split(" [")[0]));
            Assert.Equal(4, told.Count(line => line[1] == '1'));
        }
    }

    [Fact]
    public void Bytes_that_are_missing_of_a_message_are_missing_of_what_it_carries()
    {
        var sink = new RecordedMessages();
        var conversation = new Conversation(FramingRule.Auto, sink);
        (Direction From, byte[] Bytes)[] said = ProtocolSamples.Bytes(Mqtt);
        for (int i = 0; i < 4; i++) conversation.Take(said[i].From, said[i].Bytes);
        byte[] publish = ProtocolSamples.Bytes(@">\x82\x89\0\0\0\0\x30\x07\0\x03a/1hi\x82\x82\0\0\0\0\xc0\0")[0].Bytes;
        conversation.Take(Direction.ToServer, publish.AsSpan(0, 13));
        conversation.Skip(Direction.ToServer, 2);
        conversation.Take(Direction.ToServer, publish.AsSpan(15));
        Assert.Contains("PUBLISH a/1", sink.Log[^2], StringComparison.Ordinal);
        Assert.Contains("[2 missing]", sink.Log[^2], StringComparison.Ordinal);
        Assert.Contains("PINGREQ", sink.Log[^1], StringComparison.Ordinal);
    }
}
