using System.Buffers.Binary;
using Trama.Framing.Smb2;

namespace Trama.Framing.Tests.Smb2;

public class Smb2Tests
{
    private const uint Success = 0;
    private const uint Pending = 0x103;

    private static readonly (Direction From, byte[] Bytes)[] s_said =
    [
        (Direction.ToServer, Packet([0xff, (byte)'S', (byte)'M', (byte)'B', 0x72, .. new byte[40]])),
        (Direction.ToClient, Packet(Reply(0, 0, Success))),
        (Direction.ToServer, Packet(Request(1, 1))),
        (Direction.ToClient, Packet(Reply(1, 1, 0xc0000016))),
        (Direction.ToServer, Packet(Request(5, 2, next: 88, extra: 24), Request(16, 3, next: 72, extra: 8), Request(6, 4))),
        (Direction.ToClient, Packet(Reply(5, 2, 0xc0000034, next: 64), Reply(16, 3, 0xc0000034, next: 64), Reply(6, 4, 0xc0000128))),
        (Direction.ToServer, [.. Packet(Request(15, 5)), 0x85, 0, 0, 0, .. Packet(Request(8, 6, extra: 300)), .. Packet(Request(12, 5))]),
        (Direction.ToClient,
        [
            .. Packet(Reply(15, 5, Pending)), .. Packet(Reply(18, -1, Success)), .. Packet(Reply(8, 6, 0x12345678, extra: 500)),
            .. Packet(Reply(15, 5, 0xc0000120)),
        ]),
        (Direction.ToServer, Packet([0xfd, (byte)'S', (byte)'M', (byte)'B', .. new byte[80]])),
        (Direction.ToClient, Packet([0xfd, (byte)'S', (byte)'M', (byte)'B', .. new byte[80]])),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(67)]
    [InlineData(10_000)]
    public void Commands_are_told_with_their_status(int piece) => Assert.Equal(
        """
        > #0: SMB1 NEGOTIATE [Asks]
        < #0: STATUS_SUCCESS [Answers]
        > #1: SESSION_SETUP [Asks]
        < #1: STATUS_MORE_PROCESSING_REQUIRED [Answers]
        > #2: CREATE [Asks]
        > #3: QUERY_INFO [Asks]
        > #4: CLOSE [Asks]
        < #2: STATUS_OBJECT_NAME_NOT_FOUND failed [Answers]
        < #3: STATUS_OBJECT_NAME_NOT_FOUND failed [Answers]
        < #4: STATUS_FILE_CLOSED failed [Answers]
        > #5: CHANGE_NOTIFY [Asks]
        > #6: READ [Asks]
        >: CANCEL [NoReply, Asks]
        < #5: STATUS_PENDING [Interim, Answers]
        <: OPLOCK_BREAK [NoReply, Asks]
        < #6: 0x12345678 [Answers]
        < #5: STATUS_CANCELLED failed [Answers]
        >:  = encrypted [NoReply, Asks]
        <:  = encrypted [NoReply, Asks]
        """,
        string.Join('\n', FramedMessages.Of(new Smb2Protocol().Create(), piece, s_said).Log));

    [Fact]
    public void A_session_of_NetBIOS_comes_first() => Assert.Equal(
        ["> #-2: NetBIOS session request [Asks]", "< #-2: positive session response [Answers]"],
        FramedMessages.Of(
            new Smb2Protocol().Create(), 10, (Direction.ToServer, [0x81, 0, 0, 68, .. new byte[68]]), (Direction.ToClient, [0x82, 0, 0,
                0])).Log);

    [Fact]
    public void After_missing_bytes_packets_are_found_again()
    {
        var messages = new FramedMessages(new Smb2Protocol().Create());
        byte[] write = Packet(Request(9, 1, extra: 2000)), read = Packet(Request(8, 2));
        messages.Take(Direction.ToServer, write.AsSpan(0, 500));
        messages.Skip(Direction.ToServer, 1000);
        messages.Take(Direction.ToServer, [.. write[1500..], .. read[..30]]);
        messages.Skip(Direction.ToServer, 200);
        messages.Take(Direction.ToServer, [0xfe, 1, 2, .. Packet(Request(6, 4)), .. Packet(Request(13, 5))]);
        Assert.Equal(["> #1: WRITE [Asks]", "> #4: CLOSE [Asks]", "> #5: ECHO [Asks]"], messages.Log);
    }

    [Theory]
    [InlineData("00000054fe534d42", Likeness.Yes)]
    [InlineData("00000054ff534d42", Likeness.Yes)]
    [InlineData("00000054fe", Likeness.Open)]
    [InlineData("0000005400030000", Likeness.No)]
    public void Its_packets_are_known(string hex, Likeness expected) =>
        Assert.Equal(expected, new Smb2Protocol().Resembles(Direction.ToServer, Convert.FromHexString(hex), isHinted: false));

    [Fact]
    public void No_bytes_do_harm() => ProtocolTalk.AssertHarmless(
        new Smb2Protocol(),
        string.Join('\n', s_said.Select(said => (said.From == Direction.ToServer ? ">" : "<") + string.Concat(said.Bytes.Select(one =>
            $"\\x{one:x2}")))));

    private static byte[] Packet(params byte[][] messages)
    {
        byte[] content = [.. messages.SelectMany(message => message)];
        return [0, 0, (byte)(content.Length >> 8), (byte)content.Length, .. content];
    }

    private static byte[] Request(ushort command, long id, uint next = 0, int extra = 0) => Message(command, id, 0, 0, next, extra);

    private static byte[] Reply(ushort command, long id, uint status, uint next = 0, int extra = 0) => Message(command, id, status, 1,
        next, extra);

    private static byte[] Message(ushort command, long id, uint status, byte flags, uint next, int extra)
    {
        byte[] message = new byte[64 + extra];
        (message[0], message[4], message[16]) = (0xfe, 64, flags);
        "SMB"u8.CopyTo(message.AsSpan(1));
        BinaryPrimitives.WriteUInt32LittleEndian(message.AsSpan(8), status);
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(12), command);
        BinaryPrimitives.WriteUInt32LittleEndian(message.AsSpan(20), next);
        BinaryPrimitives.WriteInt64LittleEndian(message.AsSpan(24), id);
        return message;
    }
}
