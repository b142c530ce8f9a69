using Trama.Diagnosis;

namespace Trama.Reports.Findings.Words;

/// <summary>About time that a program, a window or the distance takes.</summary>
internal static class PaceWords
{
    public static string Text(in FindingFacts f) => f.Id switch
    {
        FindingId.SlowServer => f.Say("The server's program took", "O programa do servidor levou") + f.Longest(" ", " ") + f.Say(" to reply", " para responder")
            + Share(f) + f.InAll + f.Say(". The network is not to blame.", ". A culpa não é da rede."),
        FindingId.SlowClient when f.Kind == FindingKind.Dribble => f.Say("The client sends its requests in small pieces", "O cliente envia os pedidos em pedacinhos")
            + f.Longest(", over ", ", ao longo de ") + f.InAll + ".",
        FindingId.SlowClient => f.Say("The client waits before it sends its next request", "O cliente espera antes de enviar o próximo pedido")
            + f.Longest(", ", ", ") + f.Counted(FactName.Count, (", once", ", # times"), (", uma vez", ", # vezes")) + f.InAll + ".",
        FindingId.SlowNetwork => f.Say("The path is long", "O caminho é longo") + f.With(FactName.RttNs, ": # there and back", ": # de ida e volta")
            + f.Say(", which every exchange pays. Nothing is lost.", ", que toda troca paga. Nada se perde."),
        FindingId.RateLimited => f.Say("A bottleneck on the path limits the rate", "Um gargalo no caminho limita a taxa") + f.With(FactName.Rate, " to #", " a #") + Bottleneck(f) + ".",
        FindingId.WindowLimited => f.Say($"The {f.Culprit}'s receive window limits the rate", $"A janela de recepção do {f.Culprit} limita a taxa") + f.With(FactName.Rate, " to #", " a #")
            + f.With(FactName.WindowBytes, ": # at a time", ": # por vez") + f.With(FactName.RttNs, ", then a wait of # for the acknowledgement", ", depois uma espera de # pela confirmação") + ".",
        FindingId.SenderLimited => f.Say($"The {f.Sender}'s own send buffer limits the rate", $"O buffer de envio do próprio {f.Sender} limita a taxa") + f.With(FactName.Rate, " to #", " a #")
            + f.With(FactName.Bytes, ": # on their way at most", ": no máximo # a caminho") + f.With(FactName.RttNs, " in #", " em #") + ".",
        FindingId.ZeroWindow => f.Say($"The {f.Culprit}'s program stopped reading: its buffer was full", $"O programa do {f.Culprit} parou de ler: o buffer dele ficou cheio")
            + f.Longest(" for ", " por ") + f.Say(", and nothing could be sent", ", e nada podia ser enviado") + f.InAll + ".",
        FindingId.NagleDelayedAck => f.Say(
            $"The {f.Culprit} writes each message in two pieces, and the second waits for the other side's delayed acknowledgement", $"O {f.Culprit} escreve cada mensagem em dois pedaços, e o segundo espera a confirmação atrasada do outro lado")
            + f.Longest(", ", ", ") + f.Counted(FactName.Count, (", once", ", # times"), (", uma vez", ", # vezes")) + f.InAll + ".",
        _ => f.Say($"After a pause the {f.Sender} began again with a small congestion window", $"Depois de uma pausa o {f.Sender} recomeçou com uma janela de congestionamento pequena")
            + f.With(FactName.LongestNs, ", which cost #", ", o que custou #") + ".",
    };

    public static string Next(in FindingFacts f) => f.Id switch
    {
        FindingId.SlowServer => f.Say(
            "follow one of these requests in the server's log or profiler.", "siga um destes pedidos no log ou no profiler do servidor."),
        FindingId.SlowClient => f.Say(
            "nothing, if a person sits there; else find out what the client does between two requests.", "nada, se há uma pessoa ali; senão descubra o que o cliente faz entre dois pedidos."),
        FindingId.SlowNetwork => f.Say(
            "make fewer round trips, or bring the two closer together; mtr shows where the time goes.", "faça menos idas e voltas, ou aproxime os dois; mtr mostra onde o tempo vai."),
        FindingId.RateLimited => f.Say(
            "is it the rate of the line? Else look for a shaper or policer on the path.", "é a taxa da linha? Senão procure um shaper ou policer no caminho."),
        FindingId.WindowLimited => f.Say(
            $"on the {f.Culprit}: no fixed SO_RCVBUF, a larger net.ipv4.tcp_rmem, window scaling on.", $"no {f.Culprit}: sem SO_RCVBUF fixo, net.ipv4.tcp_rmem maior, window scaling ligado."),
        FindingId.SenderLimited => f.Say(
            $"on the {f.Sender}: no fixed SO_SNDBUF, a larger net.ipv4.tcp_wmem.", $"no {f.Sender}: sem SO_SNDBUF fixo, net.ipv4.tcp_wmem maior."),
        FindingId.ZeroWindow => f.Say(
            $"find out what the {f.Culprit}'s program did instead of reading.", $"descubra o que o programa do {f.Culprit} fazia em vez de ler."),
        FindingId.NagleDelayedAck => f.Say(
            $"let the {f.Culprit} write each message with one call, or set TCP_NODELAY there.", $"faça o {f.Culprit} escrever cada mensagem com uma chamada, ou ligue TCP_NODELAY ali."),
        _ => "",
    };

    private static string Share(in FindingFacts f) => f.Finding[FactName.Total] is null ? f.Counted(FactName.Count, (", once", ", # times"), (", uma vez", ", # vezes"))
        : f.With(FactName.Count, ", in #", ", em #") + f.Counted(FactName.Total, (" of # exchange", " of # exchanges"), (" de # troca", " de # trocas"));

    private static string Bottleneck(in FindingFacts f) => f.Kind switch
    {
        FindingKind.Shaper => f.Say(" and queues what is too much", " e enfileira o excesso"),
        FindingKind.DropTail => f.Say(" with a queue that overflows", " com uma fila que transborda"),
        FindingKind.Policer => f.Say(" by dropping what is too much", " descartando o excesso"),
        _ => "",
    } + f.With(FactName.QueueNs, "; waiting there adds up to #", "; a espera ali soma até #")
      + f.Counted(FactName.Count, ("; # segment was lost", "; # segments were lost"), ("; # segmento se perdeu", "; # segmentos se perderam"));
}
