using Trama.Diagnosis;

namespace Trama.Reports.Findings.Explaining;

/// <summary>About replies that never come, and other ways to end.</summary>
internal static class SilenceExplanations
{
    public static Explanation[] All { get; } =
    [
        new(FindingId.ClosedWithoutReply)
        {
            What = (
                """
                The server took the request and closed the connection in order, with FIN, without a byte of reply. The client reads end-of-file.
                """,
                """
                O servidor recebeu o pedido e fechou a conexão em ordem, com FIN, sem um byte de resposta. O cliente lê fim de arquivo.
                """),
            How = (
                """
                FIN instead of RST says that the server's program had read everything and called close() or ended: it decided not to answer, met an error on the way, or
                its idle limit ran out at the very moment when the request came.
                """,
                """
                FIN em vez de RST diz que o programa do servidor leu tudo e chamou close() ou terminou: decidiu não responder, encontrou um erro no caminho, ou
                o limite de ociosidade dele acabou no momento exato em que o pedido chegou.
                """),
            Try = ["trama demo --fault closed-without-reply", "trama serve --fault closed-without-reply"],
            Cure = (
                """
                Read the server's log at that time; look for a handler that returns or fails before it writes. Answer errors with an error message. On connections that stay
                open, let the client close idle ones first, and repeat a request that is safe to repeat on a new connection.
                """,
                """
                Leia o log do servidor naquele horário; procure um tratador que retorna ou falha antes de escrever. Responda a erros com uma mensagem de erro. Em conexões que ficam
                abertas, faça o cliente fechar as ociosas primeiro, e repita numa conexão nova o pedido que pode ser repetido.
                """),
            See = "RFC 9293 (3.6), RFC 9112 (9.3.1)",
        },
        new(FindingId.NoReply)
        {
            What = (
                """
                The request arrived, the server's kernel acknowledged it, and no reply ever came; in the end the client stopped waiting.
                """,
                """
                O pedido chegou, o kernel do servidor o confirmou, e a resposta nunca veio; no fim o cliente parou de esperar.
                """),
            How = (
                """
                An acknowledgement only says that the bytes are in the kernel's buffer. The program may be stuck on a lock or a query, may wait for more
                because it does not take the request for complete, or may have forgotten to answer. The network is well: it carried the request and its acknowledgement.
                """,
                """
                Uma confirmação só diz que os bytes estão no buffer do kernel. O programa pode estar preso num lock ou numa consulta, pode esperar mais
                porque não considera o pedido completo, ou pode ter esquecido de responder. A rede está bem: levou o pedido e a confirmação.
                """),
            Try = ["trama demo --fault no-reply", "trama serve --fault no-reply"],
            Cure = (
                """
                Does the request end as the server expects (a line end, a length, a blank line)? "trama follow" shows the exact bytes. On the server, "ss -tn": bytes in Recv-Q were not
                even read by the program; zero means that it has them and is thinking. Then look at what its threads wait for. Give the work behind a request a time limit.
                """,
                """
                O pedido termina como o servidor espera (fim de linha, tamanho, linha em branco)? "trama follow" mostra os bytes exatos. No servidor, "ss -tn": bytes em Recv-Q nem
                foram lidos pelo programa; zero diz que ele os tem e está pensando. Depois veja o que as threads dele esperam. Dê um limite de tempo ao trabalho por trás de um pedido.
                """),
            See = "RFC 9293 (3.8.6.3), docs/timing.md",
        },
        new(FindingId.PeerVanished)
        {
            What = (
                """
                From one moment on nothing came from the other side, not even acknowledgements: its host lost power or network, or the path was cut.
                """,
                """
                A partir de um momento nada mais veio do outro lado, nem confirmações: a máquina dele ficou sem energia ou sem rede, ou o caminho foi cortado.
                """),
            How = (
                """
                A program that dies still has a kernel that says FIN or RST; silence means that nobody is there to speak. The sender repeats the same segment after
                0.2 s or so and doubles the wait each time; Linux gives up after about fifteen minutes unless told otherwise. From one end alone a dead host and a cut
                path look the same: a capture at the other end, or another connection to the same host, tells.
                """,
                """
                Um programa que morre ainda tem um kernel que diz FIN ou RST; silêncio quer dizer que não há ninguém para falar. O remetente repete o mesmo segmento após
                uns 0,2 s e dobra a espera a cada vez; o Linux desiste depois de uns quinze minutos, se nada disser o contrário. De uma ponta só, uma máquina morta e um caminho
                cortado têm a mesma cara: uma captura na outra ponta, ou outra conexão com a mesma máquina, decide.
                """),
            Try = ["trama demo --fault peer-vanished"],
            Cure = (
                """
                Did the host restart, sleep or change its address at that time? Did other connections to it stop too? Set TCP_USER_TIMEOUT, or a time limit of the program's own,
                so that it notices within seconds; use keep-alives for connections that are mostly idle.
                """,
                """
                A máquina reiniciou, dormiu ou mudou de endereço naquele horário? Outras conexões com ela também pararam? Use TCP_USER_TIMEOUT, ou um limite de tempo do próprio programa,
                para notar em segundos; use keep-alives em conexões quase sempre ociosas.
                """),
            See = "RFC 9293 (3.8.3), RFC 6298 (5), RFC 5482",
        },
        new(FindingId.KeepaliveFailure)
        {
            What = (
                """
                The connection was idle, one side asked "are you there?" with keep-alive probes, and nobody answered: its kernel ended the connection (ETIMEDOUT).
                """,
                """
                A conexão estava ociosa, um lado perguntou "está aí?" com sondas keep-alive, e ninguém respondeu: o kernel dele encerrou a conexão (ETIMEDOUT).
                """),
            How = (
                """
                A probe repeats a sequence number that was already acknowledged, so any living peer answers it with an ACK. Several in a row unanswered (Linux: 9, 75 s apart,
                after two idle hours, unless set otherwise) mean that the peer's host is gone, or that a NAT or firewall in between has forgotten the connection.
                """,
                """
                Uma sonda repete um número de sequência já confirmado, e todo par vivo responde a ela com um ACK. Várias seguidas sem resposta (Linux: 9, a cada 75 s,
                após duas horas de ociosidade, se nada mudou isso) querem dizer que a máquina do par se foi, ou que um NAT ou firewall no meio esqueceu a conexão.
                """),
            Try = ["trama demo --fault keepalive-failure"],
            Cure = (
                """
                If the host lives, the path forgot the connection: probe more often than the NAT forgets (TCP_KEEPIDLE of 60 s or less suits most), or speak within the
                application's protocol. The program must take the error as normal, and connect again.
                """,
                """
                Se a máquina vive, foi o caminho que esqueceu a conexão: sonde com mais frequência do que o NAT esquece (TCP_KEEPIDLE de 60 s ou menos serve à maioria), ou fale
                no próprio protocolo da aplicação. O programa deve tratar o erro como normal e conectar de novo.
                """),
            See = "RFC 9293 (3.8.4), RFC 5382 (5)",
        },
        new(FindingId.HalfClose)
        {
            What = (
                """
                One side ended its own direction with FIN and went on receiving. It is allowed, and no fault: it says "I have asked all I wanted".
                """,
                """
                Um lado encerrou a própria direção com FIN e continuou recebendo. É permitido, e não é falha: quer dizer "já pedi tudo o que queria".
                """),
            How = (
                """
                shutdown(SHUT_WR) sends FIN and leaves the other direction open. The peer reads end-of-file and may still answer as long as it likes; its FIN closes
                the rest. Programs that read "until end-of-file" depend on it.
                """,
                """
                shutdown(SHUT_WR) envia FIN e deixa a outra direção aberta. O par lê fim de arquivo e ainda pode responder o quanto quiser; o FIN dele fecha
                o resto. Programas que leem "até o fim de arquivo" dependem disso.
                """),
            Try = ["trama serve --echo --keep-open", "printf hello | ncat localhost 5000"],
            Cure = (
                """
                Nothing to cure. A server that takes the FIN for a farewell and drops the reply, or a firewall that forgets half-closed connections early, is what can go wrong with it.
                """,
                """
                Nada a curar. O que pode dar errado é um servidor que toma o FIN por despedida e larga a resposta, ou um firewall que esquece cedo conexões meio fechadas.
                """),
            See = "RFC 9293 (3.6, 3.6.1)",
        },
        new(FindingId.SimultaneousClose)
        {
            What = (
                """
                Both sides sent FIN before either saw the other's. It is no fault.
                """,
                """
                Os dois lados enviaram FIN antes de ver o do outro. Não é falha.
                """),
            How = (
                """
                The two FINs cross on the way. Each side goes through CLOSING instead of FIN-WAIT-2, acknowledges the other's FIN, and both end in TIME-WAIT.
                It happens when both have the same reason to close, such as the same idle limit, or a goodbye that both understand.
                """,
                """
                Os dois FINs se cruzam no caminho. Cada lado passa por CLOSING em vez de FIN-WAIT-2, confirma o FIN do outro, e ambos terminam em TIME-WAIT.
                Acontece quando os dois têm o mesmo motivo para fechar, como o mesmo limite de ociosidade, ou um adeus que ambos entendem.
                """),
            Try = ["trama demo --fault simultaneous-close"],
            Cure = (
                """
                Nothing to cure. With the same idle limit on both sides a request may cross the other's FIN and be lost: let one side, best the client, close earlier.
                """,
                """
                Nada a curar. Com o mesmo limite de ociosidade dos dois lados um pedido pode cruzar com o FIN do outro e se perder: faça um lado, de preferência o cliente, fechar antes.
                """),
            See = "RFC 9293 (3.6)",
        },
    ];
}
