using Trama.Diagnosis;

namespace Trama.Reports.Findings.Pages;

/// <summary>What is said of <see cref="FindingId.FastOpenRefused"/>.</summary>
internal static class FastOpenRefused
{
    public static FindingPage Page { get; } = new(FindingId.FastOpenRefused)
    {
        Label = ("Fast Open refused", "Fast Open recusado"),
        Text = static f => f.Say(
            "The client sent data with its SYN and the server did not take it: the data were sent again after the handshake",
            "O cliente enviou dados com o SYN e o servidor não os aceitou: os dados foram reenviados depois do handshake")
            + f.With(FactName.Bytes, " (#)", " (#)") + ".",
        Advice = static f => f.Say(
            "nothing, if it is rare: the cookie was old. Else let all servers behind one address share the Fast Open key.",
            "nada, se é raro: o cookie era velho. Senão faça todos os servidores atrás de um endereço usarem a mesma chave de Fast Open."),
        What = (
            """
            TCP Fast Open lets a client send data with its SYN. The server acknowledged the SYN alone, so the data went again,
            as they would have without Fast Open.
            """,
            """
            O TCP Fast Open deixa o cliente enviar dados com o SYN. O servidor confirmou só o SYN, então os dados foram de novo,
            como iriam sem Fast Open.
            """),
        How = (
            """
            The SYN bears a cookie that the server gave earlier. A server with another key (one of many behind an address), with
            too many such requests open, or with Fast Open switched off takes the SYN and ignores the data. It is no loss:
            nothing was dropped on the way, and it costs no more than an ordinary handshake.
            """,
            """
            O SYN traz um cookie que o servidor deu antes. Um servidor com outra chave (um de vários atrás de um endereço), com
            muitos pedidos assim em aberto, ou com o Fast Open desligado aceita o SYN e ignora os dados. Não é perda: nada foi
            descartado no caminho, e não custa mais que um handshake comum.
            """),
        Try = ["trama demo --fault fast-open-refused", "sudo sysctl net.ipv4.tcp_fastopen=1", "curl --tcp-fastopen https://HOST/"],
        Cure = (
            """
            Set the same key on all servers of one address (net.ipv4.tcp_fastopen_key), and raise the queue of pending requests
            (TCP_FASTOPEN). Devices on the path that drop SYNs with data show as lost SYNs instead.
            """,
            """
            Use a mesma chave em todos os servidores de um endereço (net.ipv4.tcp_fastopen_key) e aumente a fila de pedidos
            pendentes (TCP_FASTOPEN). Dispositivos no caminho que descartam SYNs com dados aparecem como SYNs perdidos.
            """),
        See = "RFC 7413 (4.2.2)",
        Lesson = new(
            ("The client's first request comes with its SYN; the server's host does not take it.",
                "O primeiro pedido do cliente vem com o SYN; o host do servidor não o aceita."),
            ("The SYN-ACK acknowledges the SYN alone; the same bytes follow once more.",
                "O SYN-ACK confirma só o SYN; os mesmos bytes seguem outra vez.")),
    };
}
