using System.Text;
using Trama.Framing.Ssh;

namespace Trama.Framing.Tests.Ssh;

public class SshTests
{
    private static readonly SshProtocol s_ssh = new();

    private static string Exchange { get; } = string.Join('\n',
        @"<Welcome\r\nSSH-2.0-Server_1\r\n" + Offer("b,a", "k1", "c2,c1"), @">SSH-2.0-Client_2 x\r\n" + Offer("x,a,b", "k2,k1", "c1"),
        ">" + Packet(30, "key"), "<" + Packet(31, "reply") + Packet(21, "") + @"\x99\x98\x97", ">" + Packet(21, "") + "sealed");

    [Fact]
    public void The_versions_and_the_key_exchange_are_told_and_what_both_agree_upon() => ProtocolTalk.Expect(s_ssh, Exchange,
        """
        <: Welcome [NoReply, Asks]
        <: SSH-2.0-Server_1 [NoReply, Asks]
        <: KEXINIT [NoReply, Asks]
        >: SSH-2.0-Client_2 x [NoReply, Asks]
        >: KEXINIT = KEXINIT a k1 c1 [NoReply, Asks]
        >: KEX_INIT [NoReply, Asks]
        <: KEX_REPLY [NoReply, Asks]
        <: NEWKEYS [NoReply, Asks]
        >: NEWKEYS [NoReply, ProtocolChange, Asks]
        """);

    [Fact]
    public void What_is_sealed_goes_on_by_turns_of_which_nothing_is_known()
    {
        (Direction, byte[])[] said = ProtocolSamples.Bytes(Exchange + "\n<answer\n>one\n>two");
        List<string> told = RecordedMessages.Of(FramingRule.OfProtocol("ssh"), 100_000, said);
        Assert.Equal(["> \"sealed\" = sealed", "< \"answer\" = sealed", "> \"onetwo\" = sealed"], told[^3..]);
    }

    [Fact]
    public void No_bytes_do_harm() => ProtocolTalk.AssertHarmless(s_ssh, Exchange + "\n<answer\n>one");

    private static string Offer(params string[] lists) => Packet(20,
        "cookiecookiecook" + string.Concat(lists.Select(list => @"\0\0\0" + Hex(list.Length) + list)),
        lists.Sum(list => 4 + list.Length) + 16);

    private static string Packet(byte type, string payload, int? length = null)
    {
        int padding = 12;
        return @"\0\0\0" + Hex(2 + (length ?? Encoding.ASCII.GetByteCount(payload)) + padding) + Hex(padding) + Hex(type) + payload
            + string.Concat(Enumerable.Repeat(@"\0", padding));
    }

    private static string Hex(int value) => $@"\x{value:x2}";
}
