using System.Text;
using Trama.Framing;
using Trama.Replay.Sending;
using Trama.Reports;
using Trama.Reports.Text;

namespace Trama.Cli.Commands.Replaying;

/// <summary>Says of each exchange that was had again how it differs from the recorded one.</summary>
/// <param name="output">Where it is said.</param>
/// <param name="isDiff">Whether it shows where contents differ.</param>
/// <param name="failOn">What is a failure.</param>
/// <param name="language">The language.</param>
internal sealed class PlayedReport(Stream output, bool isDiff, DifferenceKinds failOn, Language language)
{
    private const int Shown = 60;

    private readonly Lock _telling = new();
    private long _exchanges, _outcomes, _contents;

    /// <summary>Whether there was a difference that is a failure.</summary>
    public bool IsFailure { get; private set; }

    /// <summary>Whether not all could be said.</summary>
    public bool IsPartial { get; private set; }

    /// <summary>An exchange is over.</summary>
    public void Tell(PlayedExchange exchange)
    {
        lock (_telling)
        {
            _exchanges++;
            if (!exchange.IsSameOutcome) _outcomes++;
            if (!exchange.IsSameContent) _contents++;
            IsFailure |= failOn.Fails(exchange);
            Write(Line(exchange));
            if (isDiff && !exchange.IsSameContent) WriteDifference(exchange);
        }
    }

    /// <summary>All is over.</summary>
    public void End(IReadOnlyList<PlayedEnd> ends)
    {
        Write(language.Pick($"{_exchanges} exchanges: {_outcomes} with another outcome, {_contents} with another content",
            $"{_exchanges} trocas: {_outcomes} com outro resultado, {_contents} com outro conteúdo"));
        IsPartial = ends.Count == 0;
        foreach (IGrouping<PlayedEnd, PlayedEnd> group in ends.Where(end => end != PlayedEnd.Done).GroupBy(end => end))
        {
            IsPartial = true;
            Console.Error.WriteLine($"trama: {Words(group.Key, group.Count())}");
        }
    }

    private string Words(PlayedEnd end, int count) => end switch
    {
        PlayedEnd.NotConnected => language.Pick($"{count} connections could not be made", $"{count} conexões não puderam ser feitas"),
        PlayedEnd.Closed => language.Pick($"{count} connections were closed before all was said",
            $"{count} conexões foram fechadas antes de tudo ser dito"),
        _ => language.Pick($"on {count} connections a reply did not come in time, and the rest was not said",
            $"em {count} conexões uma resposta não veio a tempo, e o resto não foi dito"),
    };

    private string Line(PlayedExchange exchange)
    {
        string none = language.Pick("no reply", "sem resposta");
        var line = new StringBuilder($"[{exchange.Connection}] {Cut(exchange.Recorded.Request!.Operation)}  ");
        string then = exchange.Recorded.Reply is null ? none : Cut(exchange.Recorded.Status);
        string now = exchange.HasReply ? Cut(exchange.Status) : none;
        line.Append(exchange.IsSameOutcome ? now : $"{then} → {now}");
        if (exchange.Recorded.Reply is { } reply && exchange.HasReply && reply.Length != exchange.Reply.Length)
            line.Append($"  {reply.Length} → {exchange.Reply.Length} B");
        if (exchange is { ServerNs: { } serverNs, Recorded.ServerNs: { } recordedNs })
            line.Append($"  {DurationText.Of(recordedNs, language)} → {DurationText.Of(serverNs, language)}");
        if (!exchange.IsSameContent) line.Append(language.Pick("  other content", "  outro conteúdo"));
        return line.ToString();
    }

    // The first place where they part, with what stands there.
    private void WriteDifference(PlayedExchange exchange)
    {
        ReadOnlySpan<byte> then = exchange.ContentThen.Span, now = exchange.Content.Span;
        int at = then.CommonPrefixLength(now);
        int start = Math.Max(0, at - 16);
        Write(language.Pick($"    from byte {at}", $"    a partir do byte {at}"));
        Write($"    - {VisibleText.Of(then[start..Math.Min(then.Length, start + Shown)])}");
        Write($"    + {VisibleText.Of(now[start..Math.Min(now.Length, start + Shown)])}");
    }

    private static string Cut(ReadOnlyMemory<byte> words) =>
        VisibleText.Of(words.Span[..Math.Min(Shown, words.Length)]) + (words.Length > Shown ? "…" : "");

    private void Write(string line) => output.Write(Encoding.UTF8.GetBytes($"{line}\n"));
}
