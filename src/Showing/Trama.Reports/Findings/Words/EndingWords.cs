using Trama.Diagnosis;

namespace Trama.Reports.Findings.Words;

/// <summary>About how connections end, and about replies that do not come.</summary>
internal static class EndingWords
{
    public static string Text(in FindingFacts f) => f.Id switch
    {
        FindingId.ResetByServer => f.Say("The server's host sent RST", "A máquina do servidor enviou RST") + Moment(f) + ".",
        FindingId.ResetByClient => f.Say("The client's host sent RST", "A máquina do cliente enviou RST") + Moment(f) + ".",
        FindingId.MiddleboxReset => f.Say(
            "A device between the two cut the connection: the RST did not come from the side whose address it bears", "Um dispositivo entre os dois cortou a conexão: o RST não veio do lado cujo endereço ele traz")
            + f.With(FactName.TimeToLive, " (its TTL is #", " (o TTL dele é #") + f.With(FactName.UsualTimeToLive, ", that of the others #)", ", o dos outros é #)") + ".",
        FindingId.ResetOnUnreadData when f.Kind == FindingKind.Upload => f.Say(
            $"The {f.Culprit} replied and closed while the request was still coming: its kernel sent RST, and the reply may never be read", $"O {f.Culprit} respondeu e fechou com o pedido ainda chegando: o kernel dele enviou RST, e a resposta talvez nunca seja lida")
            + Unread(f) + ".",
        FindingId.ResetOnUnreadData => f.Say(
            $"The {f.Culprit} closed with bytes unread: its kernel sent RST instead of FIN, and the end of its reply may be lost", $"O {f.Culprit} fechou com bytes por ler: o kernel dele enviou RST em vez de FIN, e o fim da resposta pode se perder")
            + Unread(f) + ".",
        FindingId.ClosedWithoutReply => f.Say("The server read the request and closed the connection without a reply", "O servidor leu o pedido e fechou a conexão sem responder")
            + f.With(FactName.LongestNs, ", # after it", ", # depois dele") + ".",
        FindingId.NoReply => f.Say("The server's kernel acknowledged the request; its program never replied", "O kernel do servidor confirmou o pedido; o programa nunca respondeu")
            + f.With(FactName.LongestNs, ". The client waited # for it", ". O cliente esperou # por isso") + ".",
        FindingId.PeerVanished => f.Say($"From one moment on nothing came from the {Gone(f)}, not even acknowledgements", $"A partir de um momento nada mais veio do {Gone(f)}, nem confirmações")
            + f.Counted(FactName.Count, ("; the same segment was sent again once", "; the same segment was sent again # times"), ("; o mesmo segmento foi reenviado uma vez", "; o mesmo segmento foi reenviado # vezes"))
            + f.With(FactName.SumNs, " in #", " em #") + ".",
        FindingId.KeepaliveFailure => f.Say($"The idle connection was probed and the {Gone(f)} did not answer", $"A conexão ociosa foi sondada e o {Gone(f)} não respondeu")
            + f.Counted(FactName.Count, (": # probe", ": # probes"), (": # sonda", ": # sondas")) + f.With(FactName.SumNs, " in #", " em #")
            + f.Say("; the kernel gave the connection up.", "; o kernel desistiu da conexão."),
        FindingId.HalfClose => f.Say(
            $"The {f.Sender} ended its direction and received on; that is allowed.", $"O {f.Sender} encerrou a direção dele e continuou recebendo; isso é permitido."),
        _ => f.Say("Both sides closed at the same moment; that is allowed.", "Os dois lados fecharam no mesmo momento; isso é permitido."),
    };

    public static string Next(in FindingFacts f) => f.Id switch
    {
        FindingId.ResetByServer => f.Say(
            "read the server's log at that time: a crash, an abort, a limit.", "leia o log do servidor naquele horário: uma queda, um aborto, um limite."),
        FindingId.ResetByClient => f.Say(
            "compare the wait before the RST with the client's timeout.", "compare a espera antes do RST com o tempo limite do cliente."),
        FindingId.MiddleboxReset => f.Say(
            "look for a firewall, filter or NAT on the path; a capture at the other end shows that this RST never left there.", "procure um firewall, filtro ou NAT no caminho; uma captura na outra ponta mostra que este RST não saiu de lá."),
        FindingId.ResetOnUnreadData => f.Say(
            $"let the {f.Culprit}'s program read to the end before it closes, or shut down its sending side first and drain.", $"faça o programa do {f.Culprit} ler até o fim antes de fechar, ou encerrar primeiro o envio e drenar o resto."),
        FindingId.ClosedWithoutReply => f.Say(
            "read the server's log at that time: an error before the reply, or an idle limit.", "leia o log do servidor naquele horário: um erro antes da resposta, ou um limite de ociosidade."),
        FindingId.NoReply => f.Say(
            "look at what the server's program waits for. On the server, ss -tn: bytes in Recv-Q were not even read.", "veja o que o programa do servidor espera. No servidor, ss -tn: bytes em Recv-Q nem foram lidos."),
        FindingId.PeerVanished => f.Say(
            $"did the {Gone(f)}'s host stop, or the path? A capture at the other end tells.", $"parou a máquina do {Gone(f)}, ou o caminho? Uma captura na outra ponta decide."),
        FindingId.KeepaliveFailure => f.Say(
            "did the host go away, or did a NAT forget the idle connection? Probe more often.", "a máquina se foi, ou um NAT esqueceu a conexão ociosa? Sonde com mais frequência."),
        _ => "",
    };

    private static string Moment(in FindingFacts f) => f.Kind switch
    {
        FindingKind.NoReply => f.Say(" instead of a reply", " em vez de uma resposta") + Later(f),
        FindingKind.MidReply => f.Say(" in the middle of the reply", " no meio da resposta"),
        FindingKind.Idle => f.Say(" while the connection was idle", " com a conexão ociosa") + Later(f),
        _ => "",
    };

    private static string Later(in FindingFacts f) => f.With(FactName.LongestNs, ", # after the last byte", ", # depois do último byte");

    private static string Unread(in FindingFacts f) => f.With(FactName.LostBytes, " (# unread)", " (# por ler)");

    private static string Gone(in FindingFacts f) => f.Culprit;
}
