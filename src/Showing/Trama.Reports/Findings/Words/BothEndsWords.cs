using Trama.Diagnosis;

namespace Trama.Reports.Findings.Words;

/// <summary>What two captures, one at either end, tell for certain where one alone leaves a doubt.</summary>
internal static class BothEndsWords
{
    /// <summary>The text; empty where one capture says as much.</summary>
    public static string Text(in FindingFacts f) => f.Id switch
    {
        FindingId.MiddleboxReset => f.Say($"A device between the two cut the connection: it made up a RST of the {f.Sender}, who never sent it", $"Um dispositivo entre os dois cortou a conexão: inventou um RST do {f.Sender}, que nunca o enviou")
            + f.With(FactName.TimeToLive, " (its TTL is #", " (o TTL dele é #") + f.With(FactName.UsualTimeToLive, ", that of the others #", ", o dos outros #") + (f.Finding[FactName.TimeToLive] is null ? "." : ")."),
        FindingId.ConnectionFiltered when f.Kind == FindingKind.Plain => f.Say("The SYN left the client and never reached the server's host: something on the path drops it", "O SYN saiu do cliente e nunca chegou à máquina do servidor: algo no caminho o descarta")
            + f.Counted(FactName.Count, ("; # try", "; # tries"), ("; # tentativa", "; # tentativas")) + f.With(FactName.SumNs, " in #", " em #") + ".",
        FindingId.PeerVanished or FindingId.KeepaliveFailure when f.Finding.Party == Party.Network => f.Say("From one moment on the path delivered nothing, while both hosts went on", "A partir de um momento o caminho não entregou mais nada, enquanto as duas máquinas continuavam")
            + f.Counted(FactName.Count, ("; # try", "; # tries"), ("; # tentativa", "; # tentativas")) + f.With(FactName.SumNs, " in #", " em #") + ".",
        FindingId.PeerVanished or FindingId.KeepaliveFailure => f.Say($"The {f.Culprit}'s host disappeared: from one moment on its own capture shows nothing either", $"A máquina do {f.Culprit} sumiu: a partir de um momento a própria captura dela também não mostra nada")
            + f.Counted(FactName.Count, ("; # try of the other side", "; # tries of the other side"), ("; # tentativa do outro lado", "; # tentativas do outro lado")) + f.With(FactName.SumNs, " in #", " em #") + ".",
        _ => "",
    };

    /// <summary>What to do; empty where it is the same.</summary>
    public static string Next(in FindingFacts f) => f.Id switch
    {
        FindingId.MiddleboxReset => f.Say("look for a firewall, filter or NAT between the two, and its rules and time limits.", "procure um firewall, filtro ou NAT entre os dois, suas regras e limites de tempo."),
        FindingId.ConnectionFiltered when f.Kind == FindingKind.Plain => f.Say("check the address, then firewalls and routes between the two.", "confira o endereço, depois firewalls e rotas entre os dois."),
        FindingId.PeerVanished or FindingId.KeepaliveFailure when f.Finding.Party == Party.Network => f.Say("look for the link or device between the two that failed at that moment.", "procure o enlace ou dispositivo entre os dois que falhou naquele momento."),
        FindingId.PeerVanished or FindingId.KeepaliveFailure => f.Say($"find out what became of the {f.Culprit}'s host at that moment: power, a crash, sleep, its own network device.", $"descubra o que houve com a máquina do {f.Culprit} naquele momento: energia, uma queda, suspensão, sua própria placa de rede."),
        FindingId.PacketLoss => f.Say("they got lost between the two captures: look at interface errors (ip -s link) and queues there; a third capture in between narrows it down.", "eles se perderam entre as duas capturas: veja ali erros de interface (ip -s link) e filas; uma terceira captura no meio restringe o trecho."),
        _ => "",
    };
}
