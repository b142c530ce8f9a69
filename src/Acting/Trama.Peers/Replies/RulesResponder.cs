using System.Buffers;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Trama.Framing;

namespace Trama.Peers.Replies;

/// <summary>Answers each message by the first rule that is for it; a message that none is for gets no answer.</summary>
public sealed class RulesResponder(IReadOnlyList<Rule> rules, FramingRule framing, TimeProvider time) : Responder
{
    /// <inheritdoc/>
    public override bool TakesTime { get; } = rules.Any(rule => rule.Delay > TimeSpan.Zero);

    /// <inheritdoc/>
    /// <exception cref="ResponderException">The answer does not fit the framing.</exception>
    public override ValueTask<Answer> AnswerAsync(ReadOnlyMemory<byte> message, EndPoint client, CancellationToken gone)
    {
        string words = Encoding.UTF8.GetString(message.Span[framing.Envelope.Words(message.Span)]);
        foreach (Rule rule in rules)
        {
            if (!Answers(rule, words, out string reply)) continue;
            var answer = new Answer(Framed(reply), rule.Then);
            return rule.Delay > TimeSpan.Zero ? LaterAsync(answer, rule.Delay, gone) : new(answer);
        }

        return default;
    }

    private static bool Answers(Rule rule, string words, out string reply)
    {
        try
        {
            return rule.TryAnswer(words, out reply);
        }
        catch (RegexMatchTimeoutException)
        {
            // A pattern that cannot decide in its time does not match.
            reply = "";
            return false;
        }
    }

    private ReadOnlyMemory<byte> Framed(string reply)
    {
        if (reply.Length == 0) return default;
        var bytes = new ArrayBufferWriter<byte>();
        return framing.Envelope.TryWrite(bytes, Encoding.UTF8.GetBytes(reply), Direction.ToClient)
            ? bytes.WrittenMemory
            : throw new ResponderException(ResponderFailure.Unframed);
    }

    private async ValueTask<Answer> LaterAsync(Answer answer, TimeSpan delay, CancellationToken gone)
    {
        await Task.Delay(delay, time, gone);
        return answer;
    }
}
