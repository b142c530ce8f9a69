using Trama.Diagnosis;

namespace Trama.Reports.Findings.Pages;

/// <summary>What is said of <see cref="FindingId.MessageSplit"/>.</summary>
internal static class MessageSplit
{
    public static FindingPage Page { get; } = new(FindingId.MessageSplit)
    {
        Label = ("part of a message taken for all", "parte de uma mensagem tomada por toda"),
        Text = static f => f.Say(
            "The server took a part of a request for all of it and answered; the rest counted as another request",
            "O servidor tomou uma parte de um pedido por ele todo e respondeu; o resto contou como outro pedido")
            + f.With(FactName.Total, ". Requests: #", ". Pedidos: #") + f.With(FactName.Count, ", replies: #", ", respostas: #") + ".",
        Advice = static f => f.Say(
            "let the server read until a message is whole: a line end, or a length in front. One recv() is not one message.",
            "faça o servidor ler até a mensagem estar inteira: um fim de linha, ou um tamanho na frente. Um recv() não é uma mensagem."),
        What = (
            """
            The server took one recv() for one message. A longer request, or one that came in two segments, was answered after
            its first part, and the rest was taken for another request.
            """,
            """
            O servidor tomou um recv() por uma mensagem. Um pedido mais longo, ou que veio em dois segmentos, foi respondido
            depois da primeira parte, e o resto foi tomado por outro pedido.
            """),
        How = (
            """
            TCP carries bytes, not messages: one send() may arrive as several recv()s. On one machine, with short messages, it
            seems to be one to one, and the program works until a message is longer than recv(1024), or than a segment, or a
            network lies in between. It shows as more replies than requests.
            """,
            """
            O TCP leva bytes, não mensagens: um send() pode chegar como vários recv()s. Numa só máquina, com mensagens curtas,
            parece um para um, e o programa funciona até que uma mensagem passe de recv(1024), ou de um segmento, ou haja uma
            rede no meio. Aparece como mais respostas que pedidos.
            """),
        Try =
        [
            "trama demo --fault message-split",
            "trama serve --keep-open",
            "head -c 100000 /dev/urandom | base64 | trama send localhost 5000",
        ],
        Cure = (
            """
            Give messages an end that the receiver can recognise: a line end, or a length in front. Then read in a loop until a
            whole message is there, and keep what came behind it for the next one. A larger recv() only moves the day on which
            it fails.
            """,
            """
            Dê às mensagens um fim que o receptor reconheça: um fim de linha, ou um tamanho na frente. Depois leia em laço até
            haver uma mensagem inteira, e guarde o que veio atrás dela para a próxima. Um recv() maior só adia o dia em que
            falha.
            """),
        See = "RFC 9293 (2.2), docs/framing.md",
        Lesson = new(
            ("The server takes what one recv(1024) returns for one message.",
                "O servidor toma o que um recv(1024) devolve por uma mensagem."),
            ("A longer request gets its reply too early, and another reply follows that nobody asked for.",
                "Um pedido mais longo é respondido cedo demais, e vem outra resposta que ninguém pediu.")),
    };
}
