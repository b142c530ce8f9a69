using Trama.Diagnosis;

namespace Trama.Reports.Findings.Pages;

/// <summary>What is said of <see cref="FindingId.TranslationLost"/>.</summary>
internal static class TranslationLost
{
    public static FindingPage Page { get; } = new(FindingId.TranslationLost)
    {
        Label = ("address translation lost", "tradução de endereço perdida"),
        Text = static f => f.Say(
            "The connection goes on from another port with the numbers of an earlier one: a device between the two forgot its translation",
            "A conexão continua de outra porta com os números de uma anterior: um dispositivo no meio esqueceu a tradução dela")
            + f.With(FactName.EarlierConnection, ", that of connection #", ", a da conexão #")
                + f.With(FactName.IdleNs, "; it had been idle for #", "; ela estava ociosa há #") + ".",
        Advice = static f => f.Say(
            "keep the connection alive below the limit of the NAT, or raise it (net.netfilter.nf_conntrack_tcp_timeout_established).",
            "mantenha a conexão viva abaixo do limite do NAT, ou aumente-o (net.netfilter.nf_conntrack_tcp_timeout_established)."),
        What = (
            """
            A NAT forgot a connection, and gave its next segment another port, as if it were new. The other side knows no
            connection on that port and answers with RST.
            """,
            """
            Um NAT esqueceu uma conexão e deu ao próximo segmento outra porta, como se fosse nova. O outro lado não conhece
            conexão nessa porta e responde com RST.
            """),
        How = (
            """
            A segment without SYN comes from a port that has not been seen, with sequence and acknowledgement numbers that
            continue another connection of the same host: only that connection's own side can know them. Linux' conntrack picks
            such connections up in the middle and masquerades them anew. Entries get lost by an idle limit, a full table, a
            restart, or a route that leads through another device.
            """,
            """
            Um segmento sem SYN vem de uma porta que não tinha sido vista, com números de sequência e confirmação que continuam
            outra conexão da mesma máquina: só o lado daquela conexão pode conhecê-los. O conntrack do Linux pega tais conexões
            no meio e as mascara de novo. Entradas se perdem por um limite de ociosidade, uma tabela cheia, um reinício, ou uma
            rota que passa por outro dispositivo.
            """),
        Try =
        [
            "trama demo --fault translation-lost",
            ("sudo conntrack -D -p tcp --dport 5000", "on the NAT, while a connection is open", "no NAT, com uma conexão aberta"),
        ],
        Cure = (
            """
            Keep-alives more often than the device's limit; a larger table (net.netfilter.nf_conntrack_max) where the log says
            "table full"; tables synchronised between devices that stand in for each other.
            net.netfilter.nf_conntrack_tcp_loose=0 makes the loss visible at once.
            """,
            """
            Keep-alives mais frequentes que o limite do dispositivo; uma tabela maior (net.netfilter.nf_conntrack_max) onde o
            log diz "table full"; tabelas sincronizadas entre dispositivos que se substituem.
            net.netfilter.nf_conntrack_tcp_loose=0 torna a perda visível na hora.
            """),
        See = "RFC 5382 (5), RFC 7857",
        Lesson = new(
            ("After a pause a device on the path gives the connection's next segment another port.",
                "Após uma pausa, um dispositivo no caminho dá outra porta ao próximo segmento da conexão."),
            ("At the server: a segment from a new port with the old numbers, and RST without ACK. At the client: that RST alone.",
                "No servidor: um segmento de uma porta nova com os números velhos, e RST sem ACK. No cliente: só esse RST.")),
    };
}
