using Trama.Diagnosis;
using Trama.Reports.Findings.Explaining;

namespace Trama.Reports.Findings;

/// <summary>A finding in a few words, for headings and marks.</summary>
internal static class FindingLabels
{
    public static string Of(FindingId id, Language language) => Both(id).In(language);

    private static Bilingual Both(FindingId id) => id switch
    {
        FindingId.ConnectionRefused => ("connection refused", "conexão recusada"),
        FindingId.ConnectionFiltered => ("no answer to the SYN", "SYN sem resposta"),
        FindingId.ConnectionRejectedByIcmp => ("connection rejected by ICMP", "conexão rejeitada por ICMP"),
        FindingId.BacklogOverflow => ("server does not accept", "servidor não aceita"),
        FindingId.SlowToOpen => ("slow to open", "demora para abrir"),
        FindingId.SynFlood => ("flood of SYNs", "enxurrada de SYNs"),
        FindingId.EphemeralPortReuse => ("port used again", "porta reutilizada"),
        FindingId.ResetByServer => ("reset by the server", "interrompida pelo servidor"),
        FindingId.ResetByClient => ("reset by the client", "interrompida pelo cliente"),
        FindingId.MiddleboxReset => ("reset by a device on the path", "interrompida por um dispositivo no caminho"),
        FindingId.ResetOnUnreadData => ("reset because of unread bytes", "interrompida por bytes não lidos"),
        FindingId.ClosedWithoutReply => ("closed without a reply", "fechada sem resposta"),
        FindingId.NoReply => ("no reply", "sem resposta"),
        FindingId.PeerVanished => ("other side vanished", "outro lado sumiu"),
        FindingId.KeepaliveFailure => ("keep-alive unanswered", "keep-alive sem resposta"),
        FindingId.HalfClose => ("half-close", "meio fechamento"),
        FindingId.SimultaneousClose => ("simultaneous close", "fechamento simultâneo"),
        FindingId.SlowServer => ("slow server", "servidor lento"),
        FindingId.SlowClient => ("slow client", "cliente lento"),
        FindingId.SlowNetwork => ("long path", "caminho longo"),
        FindingId.RateLimited => ("limited rate on the path", "taxa limitada no caminho"),
        FindingId.WindowLimited => ("limited by the receive window", "limitada pela janela de recepção"),
        FindingId.SenderLimited => ("limited by the sender's buffer", "limitada pelo buffer do remetente"),
        FindingId.ZeroWindow => ("receiver stopped reading", "receptor parou de ler"),
        FindingId.NagleDelayedAck => ("small writes wait for delayed ACKs", "escritas pequenas esperam ACKs atrasados"),
        FindingId.SlowStartAfterIdle => ("slow start after a pause", "início lento após uma pausa"),
        FindingId.PacketLoss => ("loss", "perda"),
        FindingId.Reordering => ("reordering", "reordenação"),
        FindingId.Duplication => ("duplication", "duplicação"),
        FindingId.SpuriousRetransmission => ("needless retransmission", "retransmissão desnecessária"),
        FindingId.MtuBlackHole => ("large packets vanish", "pacotes grandes somem"),
        FindingId.CorruptedChecksum => ("damaged segments", "segmentos danificados"),
        FindingId.CaptureLoss => ("packets missed by the capture", "pacotes perdidos pela captura"),
        FindingId.MessageSplit => ("part of a message taken for all", "parte de uma mensagem tomada por toda"),
        FindingId.MessagesCoalesced => ("several messages taken for one", "várias mensagens tomadas por uma"),
        FindingId.GarbledText => ("text that is none", "texto que não é texto"),
        _ => throw new ArgumentOutOfRangeException(nameof(id)),
    };
}
