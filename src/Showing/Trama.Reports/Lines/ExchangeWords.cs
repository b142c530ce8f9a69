using Trama.Diagnosis;
using Trama.Framing;
using Trama.Reports.Text;
using Trama.Reports.Times;
using Trama.Tracing;

namespace Trama.Reports.Lines;

/// <summary>What lines say of exchanges in words.</summary>
internal static class ExchangeWords
{
    private const int MaxTouched = 12;

    /// <summary>What is amiss with an exchange, in a word or two; empty when nothing is.</summary>
    public static string Mark(Exchange exchange, Language language)
    {
        (Message? request, Message? reply) = (exchange.Request, exchange.Reply);
        return (request?.MissingBytes ?? 0) + (reply?.MissingBytes ?? 0) > 0 ? language.Pick("bytes missing", "faltam bytes")
            : reply is null && !exchange.IsWhole ? language.Pick("reply not captured", "resposta não capturada")
            : reply is null && exchange.Status.Length > 0 ? VisibleText.Of(exchange.Status.Span)
            : reply is null ? exchange.ReplyDue == false ? "" : language.Pick("no reply", "sem resposta")
            : request?.IsComplete == false || !reply.IsComplete ? language.Pick("cut off", "cortada")
            : request?.DeliveredAt > request?.LastAt || reply.DeliveredAt > reply.LastAt ? language.Pick("retransmitted", "retransmitida")
            : "";
    }

    /// <summary>
    /// Which exchanges a finding is about, and the part of the longest that is the party's: <c> Exchanges 3, 5-9; most of all 5: server
    /// 2.48 s of 2.50 s.</c> Empty without any.
    /// </summary>
    public static string Touched(ExchangeSpan[] touched, Party party, TextOptions options)
    {
        if (touched.Length == 0) return "";
        Language language = options.Language;
        string numbers = NumberRanges.Of([.. touched.Select(span => span.Index)], MaxTouched, options.Ascii);
        string exchanges = touched.Length == 1 ? language.Pick(" Exchange ", " Troca ") : language.Pick(" Exchanges ", " Trocas ");
        (long index, ExchangeTimes times, ExchangePart part) = touched
            .Where(span => span.Times is { TotalNs: > 0 })
            .Select(span => (span.Index, Times: span.Times!.Value, Part: span.Times.Value.PartOf(party)))
            .DefaultIfEmpty()
            .MaxBy(span => span.Times[span.Part]);
        if (times.TotalNs == 0) return $"{exchanges}{numbers}.";
        string share = $"{TimeColumn.Name(part, language)} {DurationText.Of(times[part], options)} {language.Pick("of", "de")} "
            + DurationText.Of(times.TotalNs, options);
        if (touched.Length == 1) return $"{exchanges}{numbers}: {share}.";
        return $"{exchanges}{numbers}; {language.Pick("most of all", "sobretudo a")} {index}: {share}.";
    }
}
