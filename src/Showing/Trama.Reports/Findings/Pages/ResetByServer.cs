using Trama.Diagnosis;
using Trama.Reports.Findings.Words;

namespace Trama.Reports.Findings.Pages;

/// <summary>What is said of <see cref="FindingId.ResetByServer"/>.</summary>
internal static class ResetByServer
{
    public static FindingPage Page { get; } = new(FindingId.ResetByServer)
    {
        Label = ("reset by the server", "interrompida pelo servidor"),
        Text = static f => f.Say("The server's host sent RST", "A máquina do servidor enviou RST") + ResetMoment.Of(f) + ".",
        Advice = static f => f.Say(
            "read the server's log at that time: a crash, an abort, a limit.",
            "leia o log do servidor naquele horário: uma queda, um aborto, um limite."),
        What = (
            """
            The server's host ended the connection with RST, not in order with FIN: "connection reset by peer" (ECONNRESET) at
            the client. Bytes on their way may be lost.
            """,
            """
            A máquina do servidor encerrou a conexão com RST, e não em ordem com FIN: "connection reset by peer" (ECONNRESET) no
            cliente. Bytes a caminho podem se perder.
            """),
        How = (
            """
            A kernel sends RST when its program aborts the connection (SO_LINGER with 0 s), when it dies or closes while
            something is unread, or when a segment arrives for a connection that it does not know any more, after a restart or
            an idle timeout. That the host itself sent it shows in the TTL, the sequence number and the timestamps, which fit
            its other packets.
            """,
            """
            Um kernel envia RST quando seu programa aborta a conexão (SO_LINGER com 0 s), quando ele morre ou fecha com algo por
            ler, ou quando chega um segmento de uma conexão que ele não conhece mais, depois de um reinício ou de um tempo
            limite. Que foi a própria máquina que o enviou se vê no TTL, no número de sequência e nos timestamps, que combinam
            com os dos outros pacotes dela.
            """),
        Try = ["trama demo --fault reset-by-server", "trama serve --fault reset-after=0"],
        Cure = (
            """
            Read the server's log at that very time: a crash, a restart, an unhandled error, a limit on requests or idle time. A
            load balancer counts as the server here. If it comes while the connection is idle, let the client's pool drop
            connections before the server does. A client may repeat only requests that do no harm twice.
            """,
            """
            Leia o log do servidor naquele exato horário: uma queda, um reinício, um erro não tratado, um limite de pedidos ou
            de ociosidade. Um balanceador de carga conta aqui como o servidor. Se ocorre com a conexão ociosa, faça o pool do
            cliente largar conexões antes do servidor. Um cliente só deve repetir pedidos que não causam dano em dobro.
            """),
        See = "RFC 9293 (3.5.2, 3.5.3), RFC 9110 (9.2.2)",
        Lesson = new(
            ("The server reads a request and then aborts the connection.",
                "O servidor lê um pedido e então aborta a conexão."),
            ("RST in place of a reply; its TTL is that of the server's other packets.",
                "RST no lugar da resposta; seu TTL é o dos outros pacotes do servidor.")),
    };
}
