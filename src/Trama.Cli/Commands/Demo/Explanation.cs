using System.Globalization;
using System.Text;
using Trama.Packets.Transport;
using Trama.Reports;
using Trama.Reports.Text;
using Trama.Tracing;

namespace Trama.Cli.Commands.Demo;

/// <summary>
/// Explains a captured exchange to a newcomer, with the numbers of these very packets. What a capture does not show is left out.
/// </summary>
internal sealed class Explanation(DemoTrace trace, string message, Language language)
{
    private readonly Connection _connection = trace.Connection;
    private readonly IReadOnlyList<DemoPacket> _packets = trace.Packets;

    /// <summary>The points, in order: a word, and what it means here.</summary>
    public IEnumerable<(string Word, string Text)> Points() => new[]
    {
        Handshake(), Flags(), Sequence(), Acknowledgement(), Length(), Window(), Options(), Close(),
    }.OfType<(string, string)>();

    private (string, string)? Handshake()
    {
        if (Syn() is not { } syn || SynAck() is not { } synAck
            || _packets.FirstOrDefault(packet => packet.Number > synAck.Number && packet.From == Side.Client) is not { } ack)
            return null;
        string took = _connection.HandshakeNs is { } ns
            ? ", " + DurationText.Of(ns, language) + language.Pick(" after the first", " depois do primeiro") : "";
        return (language.Pick("handshake", "abertura"), language.Pick(
            $"Packets {syn.Number}, {synAck.Number} and {ack.Number} open the connection. The client sends a SYN: “I want to talk, and I "
                + $"count my bytes from {syn.Sequence}.” "
            + $"The server answers with SYN and ACK: “agreed, and I count mine from {synAck.Sequence}.” The client confirms "
                + $"with an ACK{took}. "
            + "Not a letter of the message has been sent yet.",
            $"Os pacotes {syn.Number}, {synAck.Number} e {ack.Number} abrem a conexão. O cliente envia um SYN: “quero conversar, e conto "
                + $"meus bytes a partir de {syn.Sequence}”. "
            + $"O servidor responde com SYN e ACK: “de acordo, e conto os meus a partir de {synAck.Sequence}”. O cliente confirma "
                + $"com um ACK{took}. "
            + "Até aqui, nenhuma letra da mensagem foi enviada."));
    }

    private (string, string)? Flags()
    {
        var meanings = new (TcpFlags Flag, string Sign, string Meaning)[]
        {
            (TcpFlags.Syn, "S", language.Pick("SYN, opens", "SYN, abre")),
            (TcpFlags.Ack, ".", language.Pick("ACK, confirms what has come", "ACK, confirma o que chegou")),
            (TcpFlags.Psh, "P", language.Pick("PSH, hand this to the program at once", "PSH, entregue já ao programa")),
            (TcpFlags.Fin, "F", language.Pick("FIN, I have nothing more to send", "FIN, não tenho mais nada a enviar")),
            (TcpFlags.Rst, "R", language.Pick("RST, the connection is broken off", "RST, a conexão é abortada")),
        };
        IEnumerable<string> seen = meanings
            .Select(row => (row, numbers: _packets.Where(packet => (packet.Flags & row.Flag) != 0).Select(packet => packet.Number)
                .ToArray()))
            .Where(pair => pair.numbers.Length > 0)
            .Select(pair => $"{pair.row.Sign} = {pair.row.Meaning} ({Numbers(pair.numbers)})");
        return (language.Pick("Flags", "Flags"), language.Pick("What a segment is for: ", "Para que serve o segmento: ")
            + string.Join("; ", seen) + ".");
    }

    private (string, string)? Sequence() => Data(Side.Client) is not { } data ? null : ("seq", language.Pick(
        $"Which bytes these are. “seq {data.RelativeSequence}:{data.RelativeSequence + data.Length}” in packet {data.Number} means bytes "
            + $"{data.RelativeSequence} to {data.RelativeSequence + data.Length - 1} of the client "
        + $"({data.RelativeSequence + data.Length} is the next one). The real number is {data.Sequence}; from the handshake on, tcpdump "
            + "counts from its start, so that the first byte is 1.",
        $"Quais são estes bytes. “seq {data.RelativeSequence}:{data.RelativeSequence + data.Length}” no pacote {data.Number} são os "
            + $"bytes {data.RelativeSequence} a {data.RelativeSequence + data.Length - 1} do cliente "
        + $"({data.RelativeSequence + data.Length} é o próximo). O número real é {data.Sequence}; depois da abertura, o tcpdump conta a "
            + "partir dela, e o primeiro byte é o 1."));

    private (string, string)? Acknowledgement()
    {
        if (Data(Side.Client) is not { } data) return null;
        uint next = data.RelativeSequence + (uint)data.Length;
        if (_packets.FirstOrDefault(packet => packet.From == Side.Server && packet.Number > data.Number
            && packet.RelativeAcknowledgement == next) is not { } ack) return null;
        return ("ack", language.Pick(
            $"The next byte that is expected. With “ack {next}” in packet {ack.Number} the server says: everything before byte {next} is "
                + "here. A byte that is not confirmed is sent again.",
            $"O próximo byte esperado. Com “ack {next}” no pacote {ack.Number}, o servidor diz: recebi tudo o que vem antes do byte "
                + $"{next}. Um byte que não é confirmado é enviado de novo."));
    }

    private (string, string)? Length()
    {
        if (Data(Side.Client) is not { } data) return null;
        int characters = new StringInfo(message).LengthInTextElements, bytes = Encoding.UTF8.GetByteCount(message);
        string start = language.Pick(
            $"How many bytes of the message are in the segment; 0 when it only opens, confirms or closes. “{message}” has "
                + $"{characters} characters",
            $"Quantos bytes da mensagem vão no segmento; 0 quando ele só abre, confirma ou fecha. “{message}” tem {characters} caracteres");
        if (data.Length != bytes) return (("length"), start
            + language.Pick($" and {bytes} bytes, sent in more than one segment.", $" e {bytes} bytes, enviados em mais de um segmento."));
        string[] wide = [.. TextElements(message).Where(element => Encoding.UTF8.GetByteCount(element) > 1).Distinct()];
        string why = wide.Length == 0
            ? language.Pick(", and each takes one byte in UTF-8.", ", e cada um ocupa um byte em UTF-8.")
            : language.Pick(", because in UTF-8 ", ", porque em UTF-8 ") + string.Join(", ", wide.Select(Widened)) + ".";
        return ("length", start + language.Pick(
            $", and packet {data.Number} carries {bytes} bytes", $", e o pacote {data.Number} leva {bytes} bytes") + why);
    }

    private (string, string)? Window()
    {
        if (_packets.FirstOrDefault(packet => packet.Is(0)) is not { } first) return null;
        string text = language.Pick(
            "How many bytes the sender of the packet has room for; the other side sends no more than that without a confirmation. ",
            "Para quantos bytes quem envia o pacote ainda tem espaço; o outro lado não envia mais que isso sem confirmação. ");
        bool scaled = _connection.ToServer.WindowScale is not null && _connection.ToClient.WindowScale is not null;
        if (!scaled || _connection.Stream(first.From).WindowScale is not { } scale || Syn() is not { } syn) return ("win", text.TrimEnd());
        int factor = 1 << scale;
        return ("win", text + language.Pick(
            $"“win {first.Window}” in packet {first.Number} counts in units of {factor}: {first.Window} × {factor} = "
                + $"{first.Window * factor} bytes. "
            + $"The unit was agreed on with “wscale {scale}” (2 to the power of {scale}); “win {syn.Window}” in packet {syn.Number}, a "
                + "SYN, still counts single bytes.",
            $"“win {first.Window}” no pacote {first.Number} conta em unidades de {factor}: {first.Window} × {factor} = "
                + $"{first.Window * factor} bytes. "
            + $"A unidade foi combinada com “wscale {scale}” (2 elevado a {scale}); “win {syn.Window}” no pacote {syn.Number}, um SYN, "
                + "ainda conta byte a byte."));
    }

    private (string, string)? Options()
    {
        if (Syn() is not { } syn || _connection.ToServer.MaximumSegmentSize is not { } size) return null;
        return ("options", language.Pick(
            $"What the two sides agree on in packets {syn.Number} and {syn.Number + 1}: mss {size}, the most bytes in one segment (this "
                + "much only on loopback; 1460 is usual on Ethernet); "
            + "sackOK, gaps can be reported one by one; wscale, the unit of win; TS val and ecr, clock readings that go along with every "
                + "packet and come back, to measure the round trip; nop only fills up.",
            $"O que os dois lados combinam nos pacotes {syn.Number} e {syn.Number + 1}: mss {size}, o máximo de bytes em um segmento "
                + "(tanto assim só no loopback; 1460 é o usual em Ethernet); "
            + "sackOK, lacunas podem ser informadas uma a uma; wscale, a unidade de win; TS val e ecr, leituras do relógio que vão em "
                + "cada pacote e voltam, para medir a ida e volta; nop só completa."));
    }

    private (string, string)? Close()
    {
        DemoPacket[] ends = [.. _packets.Where(packet => (packet.Flags & TcpFlags.Fin) != 0)];
        if (ends is not [{ } first, ..]) return null;
        string text = language.Pick(
            $"The {Name(first.From)} closed first: its FIN is packet {first.Number}.",
            $"O {Name(first.From)} fechou primeiro: seu FIN é o pacote {first.Number}.");
        if (ends.FirstOrDefault(packet => packet.From != first.From) is { } second)
        {
            text += language.Pick($" The {Name(second.From)} follows with packet {second.Number}",
                $" O {Name(second.From)} fecha em seguida, com o pacote {second.Number}");
            text += _packets.FirstOrDefault(packet => packet.Number > second.Number && packet.From == first.From
                && packet.IsPureAcknowledgement) is { } last
                ? language.Pick($", and packet {last.Number} confirms it. ", $", e o pacote {last.Number} o confirma. ")
                : ". ";
            text += language.Pick(
                "Each direction is closed by itself: after its own FIN a side can still receive.",
                "Cada direção se fecha sozinha: depois do próprio FIN, um lado ainda pode receber.");
        }

        return (language.Pick("close", "fim"), text);
    }

    private DemoPacket? Syn() => _packets.FirstOrDefault(packet => packet.Is(TcpFlags.Syn) && packet.From == Side.Client);

    private DemoPacket? SynAck() => _packets.FirstOrDefault(packet => packet.Is(TcpFlags.Syn) && packet.From == Side.Server);

    private DemoPacket? Data(Side from) => _packets.FirstOrDefault(packet => packet.From == from && packet.Length > 0);

    private string Name(Side side) => side == Side.Client ? language.Pick("client", "cliente") : language.Pick("server", "servidor");

    private string Widened(string element)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(element);
        string hex = string.Join(' ', bytes.Select(one => one.ToString("x2", CultureInfo.InvariantCulture)));
        return language.Pick($"“{element}” takes {bytes.Length} ({hex})", $"“{element}” ocupa {bytes.Length} ({hex})");
    }

    private string Numbers(long[] numbers)
    {
        if (numbers.Length == 1) return language.Pick($"packet {numbers[0]}", $"pacote {numbers[0]}");
        string list = numbers[^1] - numbers[0] == numbers.Length - 1 && numbers.Length > 2
            ? language.Pick($"{numbers[0]} to {numbers[^1]}", $"{numbers[0]} a {numbers[^1]}")
            : string.Join(", ", numbers[..^1]) + language.Pick(" and ", " e ") + numbers[^1];
        return language.Pick($"packets {list}", $"pacotes {list}");
    }

    private static IEnumerable<string> TextElements(string text)
    {
        TextElementEnumerator elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext()) yield return elements.GetTextElement();
    }
}
