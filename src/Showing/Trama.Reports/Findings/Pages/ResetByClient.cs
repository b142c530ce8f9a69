using Trama.Diagnosis;
using Trama.Reports.Findings.Words;

namespace Trama.Reports.Findings.Pages;

/// <summary>What is said of <see cref="FindingId.ResetByClient"/>.</summary>
internal static class ResetByClient
{
    public static FindingPage Page { get; } = new(FindingId.ResetByClient)
    {
        Label = ("reset by the client", "interrompida pelo cliente"),
        Text = static f => f.Say("The client's host sent RST", "A máquina do cliente enviou RST") + ResetMoment.Of(f) + ".",
        Advice = static f => f.Say(
            "compare the wait before the RST with the client's timeout.",
            "compare a espera antes do RST com o tempo limite do cliente."),
        What = (
            """
            The client's host ended the connection with RST while the server was still working on a request or sending the
            reply.
            """,
            """
            A máquina do cliente encerrou a conexão com RST enquanto o servidor ainda tratava um pedido ou enviava a resposta.
            """),
        How = (
            """
            The client's program gave up: its own timeout ran out, the user cancelled, or it closed its socket with part of the
            reply unread, which makes the kernel send RST. The server then meets ECONNRESET or EPIPE in the middle of its write
            and often logs it as its own error.
            """,
            """
            O programa do cliente desistiu: o tempo limite dele acabou, o usuário cancelou, ou ele fechou o socket com parte da
            resposta por ler, o que faz o kernel enviar RST. O servidor então encontra ECONNRESET ou EPIPE no meio da escrita e
            muitas vezes o registra como erro seu.
            """),
        Try = ["trama demo --fault reset-by-client"],
        Cure = (
            """
            Compare the time between request and RST with the client's timeout: a round number (1, 5, 30 s) gives it away. Then
            ask why the server was not done by then (slow-server), or raise the timeout. A server should take such a reset for a
            client that left, not for a failure.
            """,
            """
            Compare o tempo entre o pedido e o RST com o tempo limite do cliente: um número redondo (1, 5, 30 s) o denuncia.
            Depois pergunte por que o servidor não tinha terminado (slow-server), ou aumente o limite. O servidor deve tratar
            esse RST como um cliente que saiu, não como uma falha.
            """),
        See = "RFC 9293 (3.5.2, 3.10.5)",
        Lesson = new(
            ("The client aborts while the server still works on its request.",
                "O cliente aborta enquanto o servidor ainda trabalha no pedido."),
            ("The RST comes from the client, after the server acknowledged the request and before it replied.",
                "O RST vem do cliente, depois que o servidor confirmou o pedido e antes da resposta.")),
    };
}
