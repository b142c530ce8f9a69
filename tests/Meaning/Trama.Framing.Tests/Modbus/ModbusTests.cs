using Trama.Framing.Modbus;

namespace Trama.Framing.Tests.Modbus;

public class ModbusTests
{
    private const string Polls =
        @">\0\x01\0\0\0\x06\x11\x03\0\x6b\0\x03\0\x02\0\0\0\x06\x11\x05\0\xac\xff\0" + "\n"
        + @"<\0\x02\0\0\0\x03\x11\x85\x02\0\x01\0\0\0\x09\x11\x03\x06\0\x01\0\x02\0\x03" + "\n"
        + @">\0\x03\0\0\0\x05\x01\x2b\x0e\x01\0\0\x03\0\0\0\x02\x02\x07" + "\n"
        + @"<\0\x03\0\0\0\x03\x02\x07\x6d\0\x03\0\0\0\x03\x01\xab\x05";

    private static readonly ModbusProtocol s_modbus = new();

    [Fact]
    public void Transaction_and_unit_pair_a_reply_with_its_request() => ProtocolTalk.Expect(s_modbus, Polls,
        """
        > #1: Read Holding Registers 107 ~ Read Holding Registers [Asks]
        > #2: Write Single Coil 172 ~ Write Single Coil [Asks]
        < #2: 2 Illegal Data Address failed [Answers]
        < #1: OK [Answers]
        > #3: Encapsulated Interface Transport [Asks]
        > #4: Read Exception Status [Asks]
        < #4: OK [Answers]
        < #3: 5 Acknowledge [Answers]
        """);

    [Theory]
    [InlineData(@">\0\x01\0\0\0\x06\x11\x03\0\x6b\0\x03", true)]
    [InlineData(@">\0\x01\0\x01\0\x06\x11\x03\0\x6b\0\x03", false)]
    [InlineData(@">\x05\0\x0b\x03\x10\0\0\0\x48\0\0\0", false)]
    [InlineData(@">\0\x01\0\0\0\x07\x11\x03\0\x6b\0\x03", false)]
    public void Only_a_message_of_a_known_function_and_its_size_is_recognised_and_only_at_the_port(string said, bool isModbus)
    {
        byte[] bytes = ProtocolSamples.Bytes(said)[0].Bytes;
        Assert.Equal(isModbus, s_modbus.Resembles(Direction.ToServer, bytes, isHinted: true) == Likeness.Yes);
        Assert.Equal(Likeness.No, s_modbus.Resembles(Direction.ToServer, bytes, isHinted: false));
    }

    [Fact]
    public void No_bytes_do_harm() => ProtocolTalk.AssertHarmless(s_modbus, Polls);
}
