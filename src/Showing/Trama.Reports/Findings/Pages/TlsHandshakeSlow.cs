using Trama.Diagnosis;
using Trama.Reports.Findings.Words;

namespace Trama.Reports.Findings.Pages;

/// <summary>What is said of <see cref="FindingId.TlsHandshakeSlow"/>.</summary>
internal static class TlsHandshakeSlow
{
    public static FindingPage Page { get; } = new(FindingId.TlsHandshakeSlow)
    {
        Label = ("slow TLS handshake", "handshake TLS lento"),
        Text = static f => f.Say($"The {f.Sender} took", $"O {f.Sender} levou") + f.With(FactName.LongestNs, " #", " #") + Part(f)
            + f.With(FactName.SumNs, ", of # that the TLS handshake took in all", ", dos # que o handshake TLS levou ao todo")
            + f.Say(". The network is not to blame.", ". A culpa não é da rede."),
        Advice = static f => f.Sender == f.Say("client", "cliente")
            ? f.Say(
                "see what the client does with the certificate: revocation (OCSP, CRL), a key on a card, a person who is asked.",
                "veja o que o cliente faz com o certificado: revogação (OCSP, CRL), uma chave em cartão, uma pessoa que é consultada.")
            : f.Say(
                "see what the server needs for its part: a key store, OCSP, a lookup of the name, processor time.",
                "veja do que o servidor precisa para a sua parte: um cofre de chaves, OCSP, a busca do nome, tempo de processador."),
        What = (
            """
            Before the first request, one side was silent for long in the middle of the TLS handshake. What it waited for was not
            on this connection's path: the other side's part had arrived.
            """,
            """
            Antes do primeiro pedido, um lado ficou muito tempo em silêncio no meio do handshake TLS. O que ele esperava não estava no
            caminho desta conexão: a parte do outro lado tinha chegado.
            """),
        How = (
            """
            The client's hello is answered by the server's hello, with its certificate; the client checks it and finishes. Up to
            the server's hello the time is the server's: choosing a certificate, signing with a key that is elsewhere, a busy
            processor. After it the time is the client's: asking whether the certificate was revoked, or a person.
            """,
            """
            Ao hello do cliente responde o hello do servidor, com o certificado; o cliente o confere e termina. Até o hello do
            servidor o tempo é do servidor: escolher um certificado, assinar com uma chave que está em outro lugar, um processador
            ocupado. Depois, o tempo é do cliente: perguntar se o certificado foi revogado, ou a uma pessoa.
            """),
        Try = ["trama demo --fault tls-handshake-slow", "openssl s_time -connect HOST:443 -new -time 5",
            "trama trace capture.pcap --ladder"],
        Cure = (
            """
            Sessions that are resumed and connections that are kept open pay this once. At the server: OCSP stapling, keys near
            the processor, ECDSA in place of RSA. At the client: answers about revocation that are kept, name servers that answer.
            """,
            """
            Sessões retomadas e conexões mantidas abertas pagam isso uma vez só. No servidor: OCSP stapling, chaves perto do
            processador, ECDSA em vez de RSA. No cliente: respostas de revogação guardadas, servidores de nomes que respondem.
            """),
        See = "RFC 8446 (2), RFC 5246 (7.3), RFC 6066 (8)",
        Lesson = new(
            ("The server takes long to answer the client's hello.",
                "O servidor demora a responder ao hello do cliente."),
            ("The hello is acknowledged at once, the server's hello comes much later.",
                "O hello é confirmado na hora, o hello do servidor vem bem depois.")),
    };

    private static string Part(FindingFacts f) => f.Kind switch
    {
        FindingKind.ServerHello => f.Say(" to answer the client's hello", " para responder ao hello do cliente"),
        FindingKind.ClientFinished => f.Say(" to go on after the server's hello", " para continuar depois do hello do servidor"),
        _ => f.Say(" to finish after its hello", " para terminar depois do seu hello"),
    };
}
