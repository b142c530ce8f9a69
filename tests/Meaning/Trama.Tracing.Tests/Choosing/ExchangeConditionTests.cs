using CsCheck;
using Trama.Framing;
using Trama.Packets.Transport;
using Trama.Tracing.Choosing;

namespace Trama.Tracing.Tests.Choosing;

public class ExchangeConditionTests
{
    private const long Ms = 1_000_000;
    private const string Request = "GET /users/7 HTTP/1.1\r\n\r\n", Reply = "HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nnone";

    // A request to 10.0.0.2:80 answered after 20 ms with 404, and one that got no reply.
    private static readonly Connection Traced = Trace();

    [Theory]
    [InlineData("replyBytes = 49", "1")]
    [InlineData("replyBytes >= 1KiB", "")]
    [InlineData("not replyBytes >= 1KiB", "1 2")]
    [InlineData("requestBytes>20B and requestBytes < 64KiB", "1 2")]
    [InlineData("server > 15ms", "1")]
    [InlineData("SERVER>=20.001ms or total < 1us", "")]
    [InlineData("total<1s", "1")]
    [InlineData("answered", "1")]
    [InlineData("answered = false", "2")]
    [InlineData("not answered", "2")]
    [InlineData("answered != true", "2")]
    [InlineData("protocol = http1", "1 2")]
    [InlineData("protocol == 'http2'", "")]
    [InlineData("reply ~ '^HTTP/1.1 4'", "1")]
    [InlineData("reply !~ 'Found'", "")]
    [InlineData("request ~ users and exchange = 2", "2")]
    [InlineData("connection=1 and serverPort=5000 or exchange=9", "1 2")]
    [InlineData("not (answered or exchange = 1)", "2")]
    [InlineData("stream > 0", "")]
    [InlineData("missingBytes > 0", "")]
    [InlineData("initiator = client AND NOT initiator = server", "1 2")]
    public void What_holds_chooses(string text, string chosen)
    {
        Assert.True(ExchangeCondition.TryParse(text, out ExchangeCondition? condition, out ConditionError error), error.ToString());
        Assert.Equal(chosen, string.Join(' ', Traced.Exchanges.Where(exchange => condition.HoldsOf(Traced, exchange))
            .Select(exchange => exchange.Index)));
    }

    [Theory]
    [InlineData("", ConditionFault.Incomplete, 0)]
    [InlineData("status", ConditionFault.Incomplete, 6)]
    [InlineData("status >=", ConditionFault.Incomplete, 9)]
    [InlineData("status = 'open", ConditionFault.OpenQuote, 9)]
    [InlineData("colour = red", ConditionFault.UnknownField, 0)]
    [InlineData("status 500", ConditionFault.BadOperator, 7)]
    [InlineData("server ~ x", ConditionFault.BadOperator, 7)]
    [InlineData("failed > 1", ConditionFault.BadOperator, 7)]
    [InlineData("failed = maybe", ConditionFault.NeedsFlag, 9)]
    [InlineData("server > 200", ConditionFault.NeedsDuration, 9)]
    [InlineData("total > 64KiB", ConditionFault.NeedsDuration, 8)]
    [InlineData("replyBytes > 1ms", ConditionFault.NeedsSize, 13)]
    [InlineData("stream = one", ConditionFault.NeedsNumber, 9)]
    [InlineData("operation ~ '('", ConditionFault.BadPattern, 12)]
    [InlineData("(answered", ConditionFault.Incomplete, 9)]
    [InlineData("answered)", ConditionFault.Unexpected, 8)]
    [InlineData("answered and", ConditionFault.Incomplete, 12)]
    [InlineData("answered & failed", ConditionFault.Unexpected, 9)]
    [InlineData("status = !", ConditionFault.Unexpected, 9)]
    public void What_is_refused_has_a_place(string text, ConditionFault fault, int position)
    {
        Assert.False(ExchangeCondition.TryParse(text, out _, out ConditionError error));
        Assert.Equal((fault, position), (error.Fault, error.Position));
    }

    [Fact]
    public void Brackets_end_somewhere()
    {
        Assert.False(ExchangeCondition.TryParse(new string('(', 100_000) + "failed", out _, out ConditionError error));
        Assert.Equal(ConditionFault.TooDeep, error.Fault);
    }

    [Fact]
    public void Any_text_is_read_or_refused_at_a_place_in_it()
    {
        string[] words = ["status", "server", "failed", "and", "or", "not", "(", ")", "=", ">=", "~", "'", "500", "200ms", "x", " ", "!"];
        Gen.Int[0, words.Length - 1].Array[0, 12].Sample(picked =>
        {
            string text = string.Concat(picked.Select(word => words[word] + " "));
            if (!ExchangeCondition.TryParse(text, out ExchangeCondition? condition, out ConditionError error)) Assert.InRange(
                error.Position, 0, text.Length);
            else Assert.All(Traced.Exchanges, exchange => condition.HoldsOf(Traced, exchange));
        });
    }

    [Fact]
    public void Only_the_chosen_exchanges_are_kept()
    {
        Assert.True(ExchangeCondition.TryParse("answered", out ExchangeCondition? condition, out _));
        Connection connection = Trace(condition);
        Assert.Equal((1, 1, 2), (Assert.Single(connection.Exchanges).Index, connection.Exchanges.Count, connection.ExchangeCount));
    }

    private static Connection Trace(ExchangeCondition? where = null)
    {
        const TcpFlags Data = TcpFlags.Psh | TcpFlags.Ack;
        const uint Client = Wire.ClientStart + 1, Server = Wire.ServerStart + 1;
        var wire = new Wire(new TracingOptions { KeepExchanges = true, Framing = FramingRule.Http1, Where = where });
        wire.Handshake();
        wire.Send(Side.Client, Data, Client, Server, Request);
        wire.Send(Side.Server, Data, Server, Client + (uint)Request.Length, Reply, afterNs: 20 * Ms);
        wire.Send(Side.Client, Data, Client + (uint)Request.Length, Server + (uint)Reply.Length, Request, afterNs: Ms);
        wire.Complete();
        return wire.Connection;
    }
}
