using Trama.Framing;
using Trama.Replay.Adapting.Http2;
using Trama.Replay.Recording;

namespace Trama.Replay.Adapting;

/// <summary>Chooses the dialect of a live connection.</summary>
internal static class Dialects
{
    /// <summary>The dialect in which a recorded connection is played.</summary>
    /// <param name="recorded">The connection.</param>
    /// <param name="occasion">Where it is played.</param>
    public static Dialect Of(RecordedConnection recorded, Occasion occasion)
    {
        if (recorded.IsSealed) return new SealedDialect(
            recorded.Messages.Where(message => message.From != occasion.Self).Select(message => message.Length), occasion.Time);
        if (Http2Recording.Is(recorded)) return new Http2Dialect(occasion);
        return new FramedDialect(Rule(recorded), occasion);
    }

    /// <summary>What a recorded connection begins with, by which connections of one server are told apart.</summary>
    public static string Name(RecordedConnection recorded) =>
        recorded.IsSealed ? "tls" : Http2Recording.Is(recorded) ? "http2" : Rule(recorded).Name;

    private static FramingRule Rule(RecordedConnection recorded)
    {
        string? first = recorded.Exchanges.Select(exchange => exchange.Messages.First().Protocol).FirstOrDefault(name => name is not null);
        return FramingRule.OfProtocols.FirstOrDefault(rule => rule.Name == first) ?? FramingRule.Turns;
    }
}
