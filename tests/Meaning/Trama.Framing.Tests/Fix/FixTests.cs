using System.Globalization;
using System.Text;
using Trama.Framing.Fix;

namespace Trama.Framing.Tests.Fix;

public class FixTests
{
    private static readonly FixProtocol s_fix = new();

    // What was said, a message a piece; | stands for SOH.
    private static string Session { get; } = string.Join('\n',
        ">" + Message("A|553=ana|554=hunter2|108=30"), "<" + Message("A|108=30"),
        ">" + Message("D|11=o1|55=ACME|54=1") + Message("D|11=o2|55=ACME|54=1"),
        "<" + Message("8|11=o2|39=8|58=no") + Message("8|11=o1|39=0") + Message("8|11=o1|39=2") + Message("0"),
        "<" + Message("1|112=t7"), ">" + Message("0|112=t7"), ">" + Message("F|11=o3|41=o1"), "<" + Message("9|11=o3|39=2"),
        "<" + Message("3|45=9|58=Required tag missing"), ">" + Message("ZZ|1=x"), ">" + Message("5"), "<" + Message("5"));

    [Fact]
    public void What_bears_the_identifier_of_an_order_answers_it_once() => ProtocolTalk.Expect(s_fix, Session,
        """
        > #1: Logon [Asks]
        < #1: Logon [Answers]
        > #2: NewOrderSingle ACME ~ NewOrderSingle [Asks]
        > #3: NewOrderSingle ACME ~ NewOrderSingle [Asks]
        < #3: ExecutionReport 8 Rejected failed [Answers]
        < #2: ExecutionReport 0 New [Answers]
        <: ExecutionReport [Unsolicited]
        <: Heartbeat [NoReply, Asks]
        < #4: TestRequest [Asks]
        > #4: Heartbeat [Answers]
        > #5: OrderCancelRequest [Asks]
        < #5: OrderCancelReject 2 Filled failed [Answers]
        <: Reject = Reject Required tag missing failed [Unsolicited]
        >: MsgType ZZ [NoReply, Asks]
        > #6: Logout [Asks, Goodbye]
        < #6: Logout [Answers, Goodbye]
        """);

    [Fact]
    public void Passwords_are_never_told() => Assert.DoesNotContain(
        "hunter2", string.Join('\n', FramedMessages.Of(s_fix.Create(), 9, ProtocolSamples.Bytes(Session)).Log), StringComparison.Ordinal);

    [Theory]
    [InlineData(@">8=FIX.4.2\x019=5\x0135=0\x0110=163\x01", true)]
    [InlineData(@">8=FIXT.1.1\x019=5000\x0135=", true)]
    [InlineData(@">8=FIX.4.2\x019=5\x0135=0\x0111=163\x01", false)]
    [InlineData(@">8=FIX.4.2\x019=-5\x0135=0\x01", false)]
    [InlineData(@">8=fox", false)]
    public void The_head_and_a_trailer_in_its_place_tell_the_protocol(string said, bool isFix) =>
        Assert.Equal(isFix, s_fix.Resembles(Direction.ToServer, ProtocolSamples.Bytes(said)[0].Bytes, isHinted: false) == Likeness.Yes);

    [Fact]
    public void No_bytes_do_harm() => ProtocolTalk.AssertHarmless(s_fix, Session);

    private static string Message(string fields)
    {
        string body = "35=" + fields.Replace('|', '\u0001') + '\u0001';
        string message = string.Create(CultureInfo.InvariantCulture, $"8=FIX.4.4\u00019={body.Length}\u0001{body}");
        int sum = Encoding.ASCII.GetBytes(message).Sum(value => value) & 0xff;
        return string.Create(CultureInfo.InvariantCulture, $"{message}10={sum:d3}\u0001");
    }
}
