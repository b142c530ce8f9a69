using System.Globalization;
using Trama.Framing;
using Trama.Tracing;

namespace Trama.Reports;

/// <summary>Tells people why bytes, or the text of an option, do not fit a framing.</summary>
public static class FramingWords
{
    /// <summary>All framings, as a person writes them.</summary>
    public static string Names { get; } = string.Join(", ", FramingRuleParser.Plain.Select(rule => rule.Name))
        + ", delimiter:HEX, length:u8|u16be|u16le|u32be|u32le[+N]";

    /// <summary>Where a framing stopped fitting, and why, as one line.</summary>
    public static string Misfit(Connection connection, FramingMisfit misfit, Language language)
    {
        string side = misfit.From == Side.Client ? language.Pick("client", "cliente") : language.Pick("server", "servidor");
        string reason = Reason(misfit.Failure.Fault, language);
        string offset = misfit.Failure.Offset.ToString(CultureInfo.InvariantCulture);
        return language.Pick(
            $"connection {connection.Id}: the framing {misfit.Framing} stopped fitting at byte {offset} of what the {side} said: "
                + $"{reason}; read by turns from there on",
            $"conexão {connection.Id}: o enquadramento {misfit.Framing} deixou de servir no byte {offset} do que o {side} disse: "
                + $"{reason}; lida por turnos a partir dali");
    }

    /// <summary>Why bytes do not fit.</summary>
    public static string Reason(FramingFault fault, Language language) => fault switch
    {
        FramingFault.MissingBytes => language.Pick("bytes are missing in the capture", "faltam bytes na captura"),
        FramingFault.NegativeLength => language.Pick("the length is negative", "o comprimento é negativo"),
        FramingFault.BadLength => language.Pick("the length is no number that the protocol allows",
            "o comprimento não é um número permitido"),
        FramingFault.BadStartLine => language.Pick("no HTTP/1 request or status line", "não é uma linha de pedido ou de estado HTTP/1"),
        FramingFault.BadHeader => language.Pick("not a header field", "não é um campo de cabeçalho"),
        FramingFault.ConflictingLengths => language.Pick("two lengths contradict each other", "dois comprimentos se contradizem"),
        FramingFault.BadChunk => language.Pick("not a chunk size, or a chunk longer than its size",
            "não é um tamanho de bloco, ou o bloco passa do tamanho"),
        FramingFault.BadType => language.Pick("no RESP type", "não é um tipo RESP"),
        FramingFault.MissingLineEnd => language.Pick("CR LF is missing", "falta CR LF"),
        FramingFault.TooDeep => language.Pick("values are nested too deep", "valores aninhados demais"),
        FramingFault.BadRecord => language.Pick("not a TLS record", "não é um registro TLS"),
        FramingFault.BadFrame => language.Pick("not a frame of the protocol", "não é um quadro do protocolo"),
        FramingFault.BadReply => language.Pick("not a reply of the protocol", "não é uma resposta do protocolo"),
        FramingFault.TooManyPending => language.Pick("too many requests wait for a reply", "pedidos demais à espera de resposta"),
        _ => language.Pick("unknown", "desconhecido"),
    };

    /// <summary>Why the text of a framing is refused, as one line.</summary>
    public static string Refusal(string text, FramingRuleError error, Language language)
    {
        string shown = VisibleText.Of(text);
        int column = error.Position + 1;
        return error.Fault switch
        {
            FramingRuleFault.UnknownName => language.Pick(
                $"unknown framing '{shown}'; there are: {Names}", $"enquadramento desconhecido '{shown}'; existem: {Names}"),
            FramingRuleFault.UnexpectedArgument => language.Pick(
                $"the framing '{shown}' takes nothing after its name (column {column})",
                $"o enquadramento '{shown}' não leva nada depois do nome (coluna {column})"),
            FramingRuleFault.MissingArgument => language.Pick(
                $"the framing '{shown}' needs more: delimiter:0d0a, length:u32be+4", $"falta algo ao enquadramento '{shown}': "
                    + "delimiter:0d0a, length:u32be+4"),
            FramingRuleFault.BadHex => language.Pick(
                $"the delimiter of '{shown}' is not pairs of hexadecimal digits (column {column})",
                $"o delimitador de '{shown}' não são pares de dígitos hexadecimais (coluna {column})"),
            FramingRuleFault.DelimiterTooLong => language.Pick(
                $"a delimiter has at most {FramingRule.MaxDelimiter} bytes",
                $"um delimitador tem no máximo {FramingRule.MaxDelimiter} bytes"),
            FramingRuleFault.UnknownLengthField => language.Pick(
                $"the length in '{shown}' is none of u8, u16be, u16le, u32be, u32le (column {column})",
                $"o comprimento em '{shown}' não é u8, u16be, u16le, u32be nem u32le (coluna {column})"),
            FramingRuleFault.BadPort => language.Pick(
                $"'{shown}': before = stands the port of a server, 1 to 65535 (column {column}): 9000=http1,6380=resp",
                $"'{shown}': antes de = fica a porta de um servidor, de 1 a 65535 (coluna {column}): 9000=http1,6380=resp"),
            FramingRuleFault.Repeated => language.Pick(
                $"'{shown}' gives two framings for the same connections (column {column})",
                $"'{shown}' dá dois enquadramentos às mesmas conexões (coluna {column})"),
            _ => language.Pick(
                $"after the length, '{shown}' needs +N or -N, with N up to {FramingRuleParser.MaxAdjustment} (column {column})",
                $"depois do comprimento, '{shown}' precisa de +N ou -N, com N até {FramingRuleParser.MaxAdjustment} (coluna {column})"),
        };
    }
}
