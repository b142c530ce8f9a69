using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Trama.Framing;
using Trama.Peers.Replies;
using Trama.Peers.Serving.Conducts;
using Trama.Peers.Tests.Serving;

namespace Trama.Peers.Tests.Replies;

public class RulesResponderTests
{
    private readonly ManualTime _time = new();

    [Theory]
    [InlineData("ping", "pong")]
    [InlineData("pings", "?")]
    [InlineData("GET /x", "no")]
    [InlineData("please add 2 to 40", "40+2")]
    public async Task The_first_rule_that_is_for_the_words_answers(string words, string reply)
    {
        Rule[] rules =
        [
            new() { Text = "ping", Reply = "pong" },
            new() { Prefix = "GET ", Reply = "no", Then = AfterReply.Close },
            new() { Pattern = new Regex(@"add (\d+) to (?<to>\d+)"), Reply = "${to}+$1" },
            new() { Reply = "?" },
        ];
        Answer answer = await new RulesResponder(rules, FramingRule.Lines, _time)
            .AnswerAsync(Encoding.UTF8.GetBytes(words + "\n"), new IPEndPoint(0, 0), TestContext.Current.CancellationToken);
        Assert.Equal(reply + "\n", Encoding.UTF8.GetString(answer.Reply.Span));
        Assert.Equal(reply == "no" ? AfterReply.Close : AfterReply.GoOn, answer.Then);
    }

    [Fact]
    public async Task What_no_rule_is_for_gets_no_answer()
    {
        var responder = new RulesResponder([new() { Text = "ping", Reply = "pong" }], FramingRule.Raw, _time);
        Assert.True((await responder.AnswerAsync("x"u8.ToArray(), new IPEndPoint(0, 0),
            TestContext.Current.CancellationToken)).Reply.IsEmpty);
    }

    [Fact]
    public async Task An_answer_waits_as_its_rule_says()
    {
        var responder = new RulesResponder([new() { Reply = "late", Delay = TimeSpan.FromSeconds(5) }], FramingRule.Raw, _time);
        Task<Answer> answering = responder.AnswerAsync("x"u8.ToArray(), new IPEndPoint(0, 0), TestContext.Current.CancellationToken)
            .AsTask();
        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.False(answering.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("late"u8.ToArray(),
            (await answering.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken)).Reply.ToArray());
    }

    [Fact]
    public async Task A_connection_is_reset_when_its_rule_says_so()
    {
        var responder = new RulesResponder([new() { Reply = "bye", Then = AfterReply.Reset }], FramingRule.Raw, _time);
        await using var server = new RunningServer(RunningServer.Echoing with { Conduct = new Answering(responder) });
        using System.Net.Sockets.Socket client = await server.ConnectAsync();
        await client.SayAsync("hi");
        await server.Log.UntilAsync("closed Misbehaved");
    }
}
