using Trama.Framing.Mqtt;

namespace Trama.Framing.Tests.Mqtt;

public class MqttTests
{
    private const string Version5 =
        @">\x10\x2e\0\x04MQTT\x05\xc6\0\x0a\x05\x11\0\0\0\x1e\0\x02c1\x02\x01\x01\0\x03a/w\0\x03bye\0\x03ana\0\x06hunter" + "\n"
        + @"<\x20\x03\0\0\0" + "\n"
        + @">\x82\x0f\0\x01\0\0\x03a/#\x02\0\x03b/7\x01" + "\n"
        + @"<\x90\x05\0\x01\0\x02\x87" + "\n"
        + @">\x32\x0f\0\x05a/b/9\0\x05\x03\x23\0\x01xx" + "\n"
        + @">\x34\x0b\0\0\0\x06\x03\x23\0\x01yyy" + "\n"
        + @"<\x40\x04\0\x05\x10\0\x50\x02\0\x06" + "\n"
        + @">\x62\x02\0\x06\xc0\0" + "\n"
        + @"<\x70\x03\0\x06\x92\xd0\0\x32\x0a\0\x03a/x\0\x05\0hi" + "\n"
        + @">\x40\x02\0\x05" + "\n"
        + @">\x34\x08\0\x03a/y\0\x07\0" + "\n"
        + @"<\x50\x03\0\x07\x97" + "\n"
        + @">\xa2\x08\0\x08\0\0\x03a/#" + "\n"
        + @"<\xb0\x04\0\x08\0\x11" + "\n"
        + @">\xf0\x02\x19\0" + "\n"
        + @"<\xf0\0" + "\n"
        + @">\x30\x07\0\x03a/z\0q" + "\n"
        + @"<\xe0\x02\x8e\0";

    private const string Version3 =
        @">\x10\x0e\0\x04MQTT\x04\x02\0\x3c\0\x02c2" + "\n"
        + @"<\x20\x02\0\x05" + "\n"
        + @">\x82\x0c\0\x01\0\x01a\0\0\x03b/+\x02" + "\n"
        + @"<\x90\x04\0\x01\0\x80" + "\n"
        + @">\xe0\0";

    private static readonly MqttProtocol s_mqtt = new();

    [Fact]
    public void Version_5_names_topics_by_their_aliases_and_pairs_by_identifier_and_kind() => ProtocolTalk.Expect(s_mqtt, Version5,
        """
        > #1: CONNECT c1 ~ CONNECT = CONNECT c1 MQTT 5 will=a/w [Asks]
        < #1: CONNACK 0 Success [Answers]
        > #2: SUBSCRIBE a/# b/7 ~ SUBSCRIBE a/# b/:id [Asks]
        < #2: SUBACK 2 135 Not authorized failed [Answers]
        > #3: PUBLISH a/b/9 ~ PUBLISH a/b/:id [Asks]
        > #4: PUBLISH a/b/9 ~ PUBLISH a/b/:id [Asks]
        < #3: PUBACK 16 No matching subscribers [Answers]
        < #4: PUBREC [Answers]
        > #5: PUBREL [Asks]
        > #6: PINGREQ [Asks]
        < #5: PUBCOMP 146 Packet Identifier not found failed [Answers]
        < #6: PINGRESP [Answers]
        < #7: PUBLISH a/x [Asks]
        > #7: PUBACK [Answers]
        > #8: PUBLISH a/y [Asks]
        < #8: PUBREC 151 Quota exceeded failed [Answers]
        > #9: UNSUBSCRIBE a/# [Asks]
        < #9: UNSUBACK 17 No subscription existed [Answers]
        > #1: AUTH 25 Re-authenticate ~ AUTH [Asks]
        < #1: AUTH 0 Success [Answers]
        >: PUBLISH a/z [NoReply, Asks]
        <: DISCONNECT 142 Session taken over ~ DISCONNECT [NoReply, Asks, Goodbye]
        """);

    [Fact]
    public void Version_3_has_codes_of_its_own() => ProtocolTalk.Expect(s_mqtt, Version3,
        """
        > #1: CONNECT c2 ~ CONNECT = CONNECT c2 MQTT 3.1.1 [Asks]
        < #1: CONNACK 5 not authorized failed [Answers, Goodbye]
        > #2: SUBSCRIBE a b/+ [Asks]
        < #2: SUBACK 0 128 Unspecified error failed [Answers]
        >: DISCONNECT [NoReply, Asks, Goodbye]
        """);

    [Fact]
    public void Passwords_are_never_told()
    {
        List<string> told = FramedMessages.Of(s_mqtt.Create(), 7, ProtocolSamples.Bytes(Version5)).Log;
        Assert.DoesNotContain(told, line => line.Contains("hunter", StringComparison.Ordinal));
        Assert.DoesNotContain(told, line => line.Contains("ana", StringComparison.Ordinal));
    }

    [Fact]
    public void After_missing_bytes_an_alias_is_unknown_and_an_identifier_that_is_used_again_is_another_one()
    {
        var messages = new FramedMessages(s_mqtt.Create());
        (Direction From, byte[] Bytes)[] said = ProtocolSamples.Bytes(Version5);
        for (int i = 0; i < 5; i++) messages.Take(said[i].From, said[i].Bytes);
        string before = messages.Log[^1];
        messages.Skip(Direction.ToClient, 6);
        messages.Skip(Direction.ToServer, 20);
        messages.Take(Direction.ToServer, said[5].Bytes);
        Assert.Contains("topic unknown", messages.Log[^1], StringComparison.Ordinal);
        messages.Take(Direction.ToClient, said[6].Bytes);
        Assert.NotEqual(before[..before.IndexOf(':', StringComparison.Ordinal)][2..], messages.Log[^2][2..].Split(':')[0]);
    }

    [Theory]
    [InlineData(@">\x10\x0e\0\x04MQTT\x04", Direction.ToServer, true)]
    [InlineData(@">\x10\x10\0\x06MQIsdp\x03\x02", Direction.ToServer, true)]
    [InlineData(@">\x10\x0e\0\x04MQTT\x09", Direction.ToServer, false)]
    [InlineData(@"<\x20\x02\0\0", Direction.ToClient, false)]
    [InlineData(@">\x30\x0c\x02\x01\x01\x60\x07\x02\x01\x03\x04\0\x80\0", Direction.ToServer, false)]
    public void CONNECT_alone_tells_the_protocol(string said, Direction speaker, bool isMqtt) =>
        Assert.Equal(isMqtt, s_mqtt.Resembles(speaker, ProtocolSamples.Bytes(said)[0].Bytes, isHinted: false) == Likeness.Yes);

    [Fact]
    public void No_bytes_do_harm() => ProtocolTalk.AssertHarmless(s_mqtt, Version5);
}
