using Trama.Diagnosis;

namespace Trama.Reports.Findings.Explaining;

/// <summary>About connections that end with RST.</summary>
internal static class ResetExplanations
{
    public static Explanation[] All { get; } =
    [
        new(FindingId.ResetByServer)
        {
            What = (
                """
                The server's host ended the connection with RST, not in order with FIN: "connection reset by peer" (ECONNRESET) at the client. Bytes on their way may be lost.
                """,
                """
                A máquina do servidor encerrou a conexão com RST, e não em ordem com FIN: "connection reset by peer" (ECONNRESET) no cliente. Bytes a caminho podem se perder.
                """),
            How = (
                """
                A kernel sends RST when its program aborts the connection (SO_LINGER with 0 s), when it dies or closes while something is unread, or when a segment
                arrives for a connection that it does not know any more, after a restart or an idle timeout. That the host itself sent it shows in the TTL, the sequence number and
                the timestamps, which fit its other packets.
                """,
                """
                Um kernel envia RST quando seu programa aborta a conexão (SO_LINGER com 0 s), quando ele morre ou fecha com algo por ler, ou quando chega um segmento
                de uma conexão que ele não conhece mais, depois de um reinício ou de um tempo limite. Que foi a própria máquina que o enviou se vê no TTL, no número de sequência e
                nos timestamps, que combinam com os dos outros pacotes dela.
                """),
            Try = ["trama demo --fault reset-by-server", "trama serve --fault reset-after=0"],
            Cure = (
                """
                Read the server's log at that very time: a crash, a restart, an unhandled error, a limit on requests or idle time. A load balancer counts as the server here. If it
                comes while the connection is idle, let the client's pool drop connections before the server does. A client may repeat only requests that do no
                harm twice.
                """,
                """
                Leia o log do servidor naquele exato horário: uma queda, um reinício, um erro não tratado, um limite de pedidos ou de ociosidade. Um balanceador de carga conta aqui como o
                servidor. Se ocorre com a conexão ociosa, faça o pool do cliente largar conexões antes do servidor. Um cliente só deve repetir pedidos que não causam
                dano em dobro.
                """),
            See = "RFC 9293 (3.5.2, 3.5.3), RFC 9110 (9.2.2)",
        },
        new(FindingId.ResetByClient)
        {
            What = (
                """
                The client's host ended the connection with RST while the server was still working on a request or sending the reply.
                """,
                """
                A máquina do cliente encerrou a conexão com RST enquanto o servidor ainda tratava um pedido ou enviava a resposta.
                """),
            How = (
                """
                The client's program gave up: its own timeout ran out, the user cancelled, or it closed its socket with part of the reply unread, which makes the kernel send
                RST. The server then meets ECONNRESET or EPIPE in the middle of its write and often logs it as its own error.
                """,
                """
                O programa do cliente desistiu: o tempo limite dele acabou, o usuário cancelou, ou ele fechou o socket com parte da resposta por ler, o que faz o kernel enviar
                RST. O servidor então encontra ECONNRESET ou EPIPE no meio da escrita e muitas vezes o registra como erro seu.
                """),
            Try = ["trama demo --fault reset-by-client"],
            Cure = (
                """
                Compare the time between request and RST with the client's timeout: a round number (1, 5, 30 s) gives it away. Then ask why the server was not done by then
                (slow-server), or raise the timeout. A server should take such a reset for a client that left, not for a failure.
                """,
                """
                Compare o tempo entre o pedido e o RST com o tempo limite do cliente: um número redondo (1, 5, 30 s) o denuncia. Depois pergunte por que o servidor não tinha terminado
                (slow-server), ou aumente o limite. O servidor deve tratar esse RST como um cliente que saiu, não como uma falha.
                """),
            See = "RFC 9293 (3.5.2, 3.10.5)",
        },
        new(FindingId.MiddleboxReset)
        {
            What = (
                """
                A device between the two forged RST segments in the name of the other side, often to both. Neither program ended the connection, and each believes that the other did.
                """,
                """
                Um dispositivo entre os dois forjou segmentos RST em nome do outro lado, muitas vezes para ambos. Nenhum programa encerrou a conexão, e cada um acha que foi o outro.
                """),
            How = (
                """
                Firewalls, intrusion prevention, content filters and some NATs cut connections so, because of what was said, or because they forgot the connection. They do not sit at the end of the path, so the RST
                carries another TTL than the peer's other packets; they seldom copy the timestamps option; the IP identification does not continue the peer's; and the RST may
                arrive before the real peer could have answered. A capture at the other end shows whether it ever left there.
                """,
                """
                Firewalls, prevenção de intrusão, filtros de conteúdo e alguns NATs cortam conexões assim, por causa do que foi dito ou porque esqueceram a conexão. Eles não estão no fim do caminho,
                então o RST traz um TTL diferente do dos outros pacotes do par; raramente copiam a opção de timestamps; a identificação IP não continua a do par; e o RST pode
                chegar antes que o par verdadeiro pudesse ter respondido. Uma captura na outra ponta mostra se ele saiu de lá.
                """),
            Try = ["trama demo --fault middlebox-reset"],
            Cure = (
                """
                The difference in TTL says how far away the device is; ask its owner for the rule that matched at that time. If it cuts idle connections, keep-alives at a
                shorter interval help. If it cuts because of content, encryption ends the reason or the connection.
                """,
                """
                A diferença de TTL diz a que distância está o dispositivo; peça ao dono a regra que casou naquele horário. Se ele corta conexões ociosas, keep-alives com
                intervalo menor ajudam. Se corta por causa do conteúdo, a criptografia acaba com o motivo ou com a conexão.
                """),
            See = "RFC 3360, RFC 5961 (3), RFC 7323 (3.2)",
        },
        new(FindingId.ResetOnUnreadData)
        {
            What = (
                """
                A program closed its socket while bytes from the other side were still unread. Its kernel then sends RST instead of FIN, and the end of what it had just sent may be
                lost with it.
                """,
                """
                Um programa fechou o socket com bytes do outro lado ainda por ler. O kernel dele então envia RST em vez de FIN, e o fim do que acabara de enviar pode se
                perder junto.
                """),
            How = (
                """
                TCP has to tell the peer that its data went nowhere, so close() with unread bytes, or bytes that arrive after it, resets. The RST makes the
                peer's kernel throw away what its program has not read yet: an early "413 too large" to a big upload never reaches the eyes of the client, or the last part of
                a long reply is missing. In the capture the RST comes right behind the reply, without a FIN before it.
                """,
                """
                O TCP precisa avisar ao par que seus dados não foram a lugar nenhum, por isso close() com bytes por ler, ou bytes que chegam depois dele, causa RST. O RST faz o
                kernel do par jogar fora o que o programa ainda não leu: um "413 too large" adiantado a um grande upload nunca chega aos olhos do cliente, ou falta o fim de
                uma resposta longa. Na captura o RST vem logo atrás da resposta, sem FIN antes.
                """),
            Try = ["trama demo --fault reset-on-unread-data"],
            Cure = (
                """
                In the program that closes: read to the end of the request before closing; or send the reply, shutdown(SHUT_WR), go on reading and discarding until the
                other side closes or a short time is over, and only then close(). Servers call it lingering close.
                """,
                """
                No programa que fecha: leia o pedido até o fim antes de fechar; ou envie a resposta, shutdown(SHUT_WR), continue lendo e descartando até o
                outro lado fechar ou passar um tempo curto, e só então close(). Servidores chamam isso de lingering close.
                """),
            See = "RFC 9293 (3.6.1), RFC 2525 (2.17), RFC 9112 (9.6)",
        },
    ];
}
