using Trama.Diagnosis;

namespace Trama.Reports.Findings.Words;

/// <summary>Why something else was excluded, as the end of a sentence.</summary>
internal static class ExclusionWords
{
    private static readonly Dictionary<Exclusion, Bilingual> s_words = new()
    {
        [Exclusion.AnswerCame] = (
            "an answer came, so nothing on the path drops the SYN",
            "veio uma resposta, então nada no caminho descarta o SYN"),
        [Exclusion.RefusedAtOnce] = (
            "the answer was RST, and no SYN was repeated until one was accepted",
            "a resposta foi RST, e nenhum SYN foi repetido até ser aceito"),
        [Exclusion.NoAnswerCame] = (
            "no RST came",
            "não veio RST"),
        [Exclusion.NoErrorCame] = (
            "no ICMP error came",
            "não veio erro ICMP"),
        [Exclusion.ErrorCame] = (
            "an ICMP error answered the SYN",
            "um erro ICMP respondeu ao SYN"),
        [Exclusion.NotItsReset] = (
            "no RST of the server came",
            "não veio RST do servidor"),
        [Exclusion.OthersOpened] = (
            "other connections to this port opened at the same time",
            "outras conexões com esta porta abriram ao mesmo tempo"),
        [Exclusion.OpenedInTheEnd] = (
            "the connection opened in the end",
            "a conexão acabou abrindo"),
        [Exclusion.SynWasRepeated] = (
            "a SYN or SYN-ACK was sent again, which a long path alone does not cause",
            "um SYN ou SYN-ACK foi reenviado, o que um caminho longo por si não causa"),
        [Exclusion.AnswersWereIgnored] = (
            "the SYNs were answered, and nobody went on",
            "os SYNs foram respondidos, e ninguém continuou"),
        [Exclusion.OneSyn] = (
            "the client did not repeat its SYN",
            "o cliente não repetiu o SYN"),
        [Exclusion.NoReset] = (
            "nobody sent RST",
            "ninguém enviou RST"),
        [Exclusion.NobodyAsked] = (
            "the client had not asked anything",
            "o cliente não tinha pedido nada"),
        [Exclusion.ClosedInOrder] = (
            "the server sent FIN, and no RST before it",
            "o servidor enviou FIN, e nenhum RST antes"),
        [Exclusion.OtherWasAcknowledged] = (
            "the answer acknowledges other numbers than those of this SYN",
            "a resposta confirma outros números que não os deste SYN"),
        [Exclusion.SynWasTakenAlone] = (
            "the SYN-ACK came, and acknowledges the SYN without its data",
            "o SYN-ACK veio, e confirma o SYN sem os dados dele"),
        [Exclusion.FitsItsSender] = (
            "its TTL and numbers fit the other packets of its sender",
            "o TTL e os números dele combinam com os outros pacotes do remetente"),
        [Exclusion.SilenceWasShort] = (
            "the silence before it was shorter than any idle limit in use",
            "o silêncio antes dele foi mais curto que qualquer limite de ociosidade em uso"),
        [Exclusion.DoesNotFitItsSender] = (
            "its TTL, timestamps or moment do not fit its alleged sender",
            "o TTL, os timestamps ou o momento dele não combinam com o suposto remetente"),
        [Exclusion.RightBehindTheReply] = (
            "the RST came right behind the reply, as a kernel sends it when bytes are unread",
            "o RST veio logo atrás da resposta, como um kernel o envia quando há bytes por ler"),
        [Exclusion.SilenceWasLong] = (
            "it came after a silence of a minute or more",
            "veio depois de um silêncio de um minuto ou mais"),
        [Exclusion.NeitherKnew] = (
            "the request and the close do not acknowledge each other",
            "o pedido e o fechamento não confirmam um ao outro"),
        [Exclusion.NumbersContinue] = (
            "its sequence numbers continue another connection of the same host",
            "os números de sequência continuam outra conexão da mesma máquina"),
        [Exclusion.AlertSaysWhy] = (
            "a TLS alert before it says why",
            "um alerta TLS antes disso diz o motivo"),
        [Exclusion.RequestWasAcknowledged] = (
            "the request was acknowledged, so it arrived",
            "o pedido foi confirmado, então chegou"),
        [Exclusion.NotEvenAcknowledged] = (
            "not even an acknowledgement came",
            "não veio nem uma confirmação"),
        [Exclusion.WindowWasOpen] = (
            "the last window that it offered was open",
            "a última janela que ele ofereceu estava aberta"),
        [Exclusion.NothingWasAsked] = (
            "only probes were sent, and no request",
            "só foram enviadas sondas, e nenhum pedido"),
        [Exclusion.NoResetCame] = (
            "no RST answered the probes",
            "nenhum RST respondeu às sondas"),
        [Exclusion.NothingWasRepeated] = (
            "nothing was sent again meanwhile",
            "nada foi reenviado nesse meio-tempo"),
        [Exclusion.ClientsTurn] = (
            "the reply was complete, so it was the client's turn",
            "a resposta estava completa, então era a vez do cliente"),
        [Exclusion.HandshakeWasQuick] = (
            "TCP's own handshake, in which no program takes part, was quicker",
            "o handshake do próprio TCP, do qual nenhum programa participa, foi mais rápido"),
        [Exclusion.HandshakeTookAsLong] = (
            "the handshake, in which no program takes part, took as long",
            "o handshake, do qual nenhum programa participa, levou o mesmo tempo"),
        [Exclusion.SynWasNotRepeated] = (
            "the SYN was sent once",
            "o SYN foi enviado uma vez"),
        [Exclusion.WindowWasNotFull] = (
            "the window had room",
            "a janela tinha espaço"),
        [Exclusion.RateIsEven] = (
            "the rate is even, or delay grows before the losses",
            "a taxa é constante, ou o atraso cresce antes das perdas"),
        [Exclusion.StopsAtTheWindow] = (
            "each flight ends at the window's edge",
            "cada rajada termina na borda da janela"),
        [Exclusion.WindowWasClosed] = (
            "the receiver itself offered a window of 0",
            "o próprio receptor ofereceu janela 0"),
        [Exclusion.LeftWithTheAcknowledgement] = (
            "the second piece left at the moment the acknowledgement came",
            "o segundo pedaço saiu no momento em que a confirmação veio"),
        [Exclusion.SentAnew] = (
            "what came was sent anew, after what was missing had been noticed",
            "o que veio foi enviado de novo, depois de notada a falta"),
        [Exclusion.WasMissing] = (
            "it had not arrived before",
            "não tinha chegado antes"),
        [Exclusion.SentBefore] = (
            "identification, timestamp or moment tell that it was sent before those that it followed",
            "identificação, timestamp ou momento dizem que foi enviado antes daqueles que seguiu"),
        [Exclusion.SamePacket] = (
            "both are one packet: the same identification, timestamps and numbers",
            "os dois são um só pacote: a mesma identificação, timestamps e números"),
        [Exclusion.SmallOnesPass] = (
            "smaller segments pass at the same time",
            "segmentos menores passam ao mesmo tempo"),
        [Exclusion.RouterSpoke] = (
            "a router said what size passes",
            "um roteador disse que tamanho passa"),
        [Exclusion.BeyondEveryWindow] = (
            "they lie beyond every window that was offered",
            "estão além de toda janela oferecida"),
        [Exclusion.ChecksumIsWrong] = (
            "they arrived, with a wrong checksum",
            "chegaram, com checksum errado"),
        [Exclusion.WasAcknowledged] = (
            "their receiver acknowledged them",
            "o receptor as confirmou"),
        [Exclusion.MoreAnswersThanQuestions] = (
            "there are more answers than questions",
            "há mais respostas que perguntas"),
        [Exclusion.OneAnswerForSeveral] = (
            "one answer came for several questions",
            "veio uma resposta para várias perguntas"),
    };

    public static string Of(Exclusion exclusion, Language language) => s_words[exclusion].In(language);
}
