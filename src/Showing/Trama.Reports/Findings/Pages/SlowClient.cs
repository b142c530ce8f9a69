using Trama.Diagnosis;

namespace Trama.Reports.Findings.Pages;

/// <summary>What is said of <see cref="FindingId.SlowClient"/>.</summary>
internal static class SlowClient
{
    public static FindingPage Page { get; } = new(FindingId.SlowClient)
    {
        Label = ("slow client", "cliente lento"),
        Text = static f => f.Kind switch
        {
            FindingKind.Dribble => f.Say("The client sends its requests in small pieces", "O cliente envia os pedidos em pedacinhos")
                + f.Longest(", over ", ", ao longo de ") + f.InAll + ".",
            FindingKind.Start => f.Say(
                "The client opened the connection and waited before it said what it wants",
                "O cliente abriu a conexão e esperou antes de dizer o que quer") + f.Longest(", ", ", ") + ".",
            _ => f.Say(
                "The client waits before it sends its next request",
                "O cliente espera antes de enviar o próximo pedido") + f.Longest(", ", ", ")
                + f.Times + f.InAll + ".",
        },
        Advice = static f => f.Say(
            "nothing, if a person sits there; else find out what the client does between two requests.",
            "nada, se há uma pessoa ali; senão descubra o que o cliente faz entre dois pedidos."),
        What = (
            """
            The time is the client's: it pauses between a reply and its next request, or sends a request in small pieces.
            """,
            """
            O tempo é do cliente: ele faz pausas entre uma resposta e o próximo pedido, ou envia um pedido em pedacinhos.
            """),
        How = (
            """
            While nothing is outstanding and the window is open, the client alone decides when the next byte comes. A person who
            reads, a busy program, a slow disk behind the upload, or on purpose: a slowloris keeps a server waiting for the end
            of a request.
            """,
            """
            Enquanto nada está pendente e a janela está aberta, só o cliente decide quando vem o próximo byte. Uma pessoa que
            lê, um programa ocupado, um disco lento por trás do upload, ou de propósito: um slowloris deixa o servidor esperando
            o fim de um pedido.
            """),
        Try = ["trama demo --fault slow-client", "trama send localhost 5000 ping --keep-open --count 3 --interval 1s"],
        Cure = (
            """
            Nothing, if a person sits there. Otherwise profile the client between two requests; let it write each request at
            once and send requests that do not depend on each other without waiting. A server should limit how long a request
            may take to arrive.
            """,
            """
            Nada, se há uma pessoa ali. Senão, meça o cliente entre dois pedidos; faça-o escrever cada pedido de uma vez e
            enviar sem esperar os pedidos que não dependem uns dos outros. O servidor deve limitar quanto tempo um pedido pode
            levar para chegar.
            """),
        See = "docs/timing.md",
        Lesson = new(
            ("The client waits between a reply and its next request.",
                "O cliente espera entre uma resposta e o próximo pedido."),
            ("The silence is after a reply and before a request: it is the client's turn.",
                "O silêncio vem depois de uma resposta e antes de um pedido: é a vez do cliente.")),
    };
}
