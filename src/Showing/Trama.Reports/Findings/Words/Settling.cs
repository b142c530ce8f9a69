using Trama.Diagnosis;

namespace Trama.Reports.Findings.Words;

/// <summary>What would make a finding certain: which capture more, and where.</summary>
internal static class Settling
{
    /// <summary>The sentence; empty for what is certain already, does no harm, was seen from both ends, or says so itself.</summary>
    public static string Of(Finding finding, Language language)
    {
        if (finding is { Confidence: Confidence.Certain } or { Severity: Severity.Info } or { SeenAt: not null }
            or { Party: Party.Unknown }) return "";
        var f = new FindingFacts(finding, language, ascii: true);
        return finding.Party switch
        {
            Party.Server => f.Say(
                "a capture on the server's host at the same time, and the server's log: did the program get all of it, "
                    + "and what left there?",
                "uma captura na máquina do servidor ao mesmo tempo, e o log do servidor: o programa recebeu tudo, e o que saiu de lá?"),
            Party.Client => f.Say(
                "a capture on the client's host at the same time, and the client's log: what did the program do meanwhile?",
                "uma captura na máquina do cliente ao mesmo tempo, e o log do cliente: o que o programa fazia nesse meio-tempo?"),
            _ => f.Say(
                "a capture at the other end at the same time: trama diagnose client.pcap server.pcap tells what left, and what arrived.",
                "uma captura na outra ponta ao mesmo tempo: trama diagnose client.pcap server.pcap diz o que saiu e o que chegou."),
        };
    }
}
