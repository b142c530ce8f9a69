using System.Text;
using Trama.Framing.Resp;

namespace Trama.Framing.Tests.Resp;

public class RespOperationTests
{
    [Theory]
    [InlineData("*2|$3|GET|$7|user:17|", "$2|hi|", ">: GET user:17 ~ GET user:*\n<: string = hi")]
    [InlineData("*2|$3|GET|$1|k|", "$-1|", ">: GET k ~ GET k\n<: nil")]
    [InlineData("*2|$4|AUTH|$7|hunter2|", "-WRONGPASS no|", ">: AUTH ~ AUTH\n<: WRONGPASS no = -WRONGPASS no failed")]
    [InlineData("*3|$4|auth|$3|ana|$7|hunter2|", "+OK|", ">: auth ~ auth\n<: OK = +OK")]
    [InlineData("AUTH hunter2|", "+OK|", ">: AUTH ~ AUTH\n<: OK = +OK")]
    [InlineData("*1|$4|QUIT|", "+OK|", ">: QUIT ~ QUIT [Goodbye]\n<: OK = +OK")]
    [InlineData("*3|$9|SUBSCRIBE|$1|a|$1|b|", "*3|$9|subscribe|$1|a|:1|*3|$9|subscribe|$1|b|:2|*3|$7|message|$1|a|$2|hi|",
        ">: SUBSCRIBE a ~ SUBSCRIBE a\n<: *3 subscribe a [Interim]\n<: *3 subscribe b\n<: *3 message a [Unsolicited]")]
    [InlineData("*2|$9|SUBSCRIBE|$1|a|*3|$3|SET|$1|k|$1|v|", ">3|$9|subscribe|$1|a|:1|>3|$7|message|$1|a|$2|hi|+OK|",
        ">: SUBSCRIBE a ~ SUBSCRIBE a\n>: SET k ~ SET k\n<: >3 subscribe a\n<: >3 message a [Unsolicited]\n<: OK = +OK")]
    [InlineData("*3|$6|CLIENT|$5|REPLY|$4|SKIP|*3|$3|SET|$1|k|$1|v|*2|$3|GET|$1|k|", "$1|v|",
        ">: CLIENT REPLY ~ CLIENT REPLY [NoReply]\n>: SET k ~ SET k [NoReply]\n>: GET k ~ GET k\n<: string = v")]
    [InlineData("*3|$6|CLIENT|$5|REPLY|$3|OFF|*2|$4|INCR|$1|k|*3|$6|CLIENT|$5|REPLY|$2|ON|", "+OK|",
        ">: CLIENT REPLY ~ CLIENT REPLY [NoReply]\n>: INCR k ~ INCR k [NoReply]\n>: CLIENT REPLY ~ CLIENT REPLY\n<: OK = +OK")]
    [InlineData("*1|$7|MONITOR|", "+OK|+1.5 [0 lua] \"get\" \"k\"|", ">: MONITOR ~ MONITOR\n<: OK = +OK\n<: 1.5 [0 lua] \"get\" \"k\" = "
        + "+1.5 [0 lua] \"get\" \"k\" [Unsolicited]")]
    [InlineData("*2|$5|PSYNC|$1|?|", "+FULLRESYNC x 0|", ">: PSYNC ? ~ PSYNC ?\n<: FULLRESYNC x 0 = +FULLRESYNC x 0 [ProtocolChange]")]
    public void Commands_are_operations_and_what_is_pushed_answers_none(string asked, string answered, string log)
    {
        foreach (int pieceLength in (int[])[1, 5, 1000])
        {
            List<string> told = FramedMessages.Of(
                new RespProtocol().Create(), pieceLength, (Direction.ToServer, Bytes(asked)), (Direction.ToClient, Bytes(answered))).Log;
            Assert.Equal(log, string.Join('\n', told));
        }
    }

    [Fact]
    public void After_missing_bytes_a_reply_is_found_when_the_client_has_asked_anew()
    {
        var messages = new FramedMessages(new RespProtocol().Create());
        messages.Take(Direction.ToServer, Bytes("*1|$4|PING|*1|$4|PING|*1|$4|PING|"));
        messages.Take(Direction.ToClient, Bytes("+PO"));
        messages.Skip(Direction.ToClient, 10);
        messages.Take(Direction.ToClient, Bytes("NG|:7|+PONG|"));
        // What looks like two replies may be two strings inside the one that was cut.
        Assert.Equal(3, messages.Log.Count);
        messages.Take(Direction.ToServer, Bytes("*1|$4|PING|"));
        messages.Take(Direction.ToClient, Bytes("+PONG|"));
        Assert.Equal("<: PONG = +PONG", messages.Log[^1]);
    }

    private static byte[] Bytes(string text) => Encoding.ASCII.GetBytes(text.Replace("|", "\r\n", StringComparison.Ordinal));
}
