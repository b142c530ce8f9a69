using Trama.Diagnosis;

namespace Trama.Reports.Findings.Explaining;

/// <summary>About time that a program or a window takes.</summary>
internal static class PaceExplanations
{
    public static Explanation[] All { get; } =
    [
        new(FindingId.SlowServer)
        {
            What = (
                """
                The server's program takes long to reply. The request arrived and was acknowledged at once; the time passed between its last byte and the first byte of the reply.
                """,
                """
                O programa do servidor demora a responder. O pedido chegou e foi confirmado na hora; o tempo passou entre o último byte dele e o primeiro byte da resposta.
                """),
            How = (
                """
                The kernel acknowledges by itself, the program answers. A quick ACK and a late reply therefore clear the network. What remains after the round trip is
                taken off is the server's time: computing, a lock, a database, another service, or a queue in front of busy workers.
                """,
                """
                O kernel confirma sozinho, o programa responde. Um ACK rápido e uma resposta tardia inocentam a rede. O que sobra depois de descontada a ida e volta é
                tempo do servidor: cálculo, um lock, um banco de dados, outro serviço, ou uma fila na frente de workers ocupados.
                """),
            Try = ["trama demo --fault slow-server", "trama serve --fault latency=500ms"],
            Cure = (
                """
                Compare slow and quick requests of the same kind in "trama trace": always slow points to the work itself, now and then to queues, locks or collection of
                garbage. Follow one slow request into the server's log or profiler, and trace the server's own connections to its database in the same way.
                """,
                """
                Compare pedidos lentos e rápidos do mesmo tipo no "trama trace": sempre lento aponta para o próprio trabalho, de vez em quando para filas, locks ou coleta
                de lixo. Siga um pedido lento no log ou no profiler do servidor, e trace da mesma forma as conexões do servidor com o banco de dados dele.
                """),
            See = "docs/timing.md, RFC 9293 (3.8.6.3)",
        },
        new(FindingId.SlowClient)
        {
            What = (
                """
                The time is the client's: it pauses between a reply and its next request, or sends a request in small pieces.
                """,
                """
                O tempo é do cliente: ele faz pausas entre uma resposta e o próximo pedido, ou envia um pedido em pedacinhos.
                """),
            How = (
                """
                While nothing is outstanding and the window is open, the client alone decides when the next byte comes. A person who reads, a busy program, a slow disk behind the
                upload, or on purpose: a slowloris keeps a server waiting for the end of a request.
                """,
                """
                Enquanto nada está pendente e a janela está aberta, só o cliente decide quando vem o próximo byte. Uma pessoa que lê, um programa ocupado, um disco lento por trás do
                upload, ou de propósito: um slowloris deixa o servidor esperando o fim de um pedido.
                """),
            Try = ["trama demo --fault slow-client", "trama send localhost 5000 ping --keep-open --count 3 --interval 1s"],
            Cure = (
                """
                Nothing, if a person sits there. Otherwise profile the client between two requests; let it write each request at once and send requests that do not depend on each other
                without waiting. A server should limit how long a request may take to arrive.
                """,
                """
                Nada, se há uma pessoa ali. Senão, meça o cliente entre dois pedidos; faça-o escrever cada pedido de uma vez e enviar sem esperar os pedidos que não dependem
                uns dos outros. O servidor deve limitar quanto tempo um pedido pode levar para chegar.
                """),
            See = "docs/timing.md",
        },
        new(FindingId.WindowLimited)
        {
            What = (
                """
                The receiver's window is too small for this path: the sender fills it, waits a round trip for the acknowledgement, and fills it again.
                """,
                """
                A janela do receptor é pequena demais para este caminho: o remetente a enche, espera uma ida e volta pela confirmação, e a enche de novo.
                """),
            How = (
                """
                No more than one window can be on its way in one round trip, so the rate cannot pass window / RTT: 64 KiB over 100 ms is 640 KiB/s on any link. It comes from a small
                SO_RCVBUF, from window scaling that is off or was removed on the path, or from limits on the host's memory for TCP.
                """,
                """
                Não pode haver mais que uma janela a caminho em cada ida e volta, então a taxa não passa de janela / RTT: 64 KiB em 100 ms são 640 KiB/s em qualquer enlace. Vem de um
                SO_RCVBUF pequeno, de window scaling desligado ou removido no caminho, ou de limites de memória da máquina para TCP.
                """),
            Try = ["trama demo --fault window-limited", "trama serve --fault window-limited=4KiB    # and a client far away"],
            Cure = (
                """
                On the receiver: do not set SO_RCVBUF, since that switches off the kernel's own tuning; raise the third value of net.ipv4.tcp_rmem to at least rate x RTT;
                check that the SYN and SYN-ACK both carry the window scale option.
                """,
                """
                No receptor: não fixe SO_RCVBUF, pois isso desliga o ajuste do próprio kernel; aumente o terceiro valor de net.ipv4.tcp_rmem para ao menos taxa x RTT;
                confira se o SYN e o SYN-ACK trazem os dois a opção window scale.
                """),
            See = "RFC 7323 (1.1, 2), RFC 6349",
        },
        new(FindingId.SenderLimited)
        {
            What = (
                """
                The sender keeps less on its way than the receiver's window and the path would take: its own send buffer, or its program, is the limit.
                """,
                """
                O remetente mantém a caminho menos do que a janela do receptor e o caminho aceitariam: o limite é o buffer de envio dele, ou o programa.
                """),
            How = (
                """
                Bytes stay in the send buffer until they are acknowledged. A fixed SO_SNDBUF of 16 KiB therefore allows 16 KiB per round trip, however large the window. A program that
                writes a block, waits for an answer and writes the next limits itself in the same way.
                """,
                """
                Os bytes ficam no buffer de envio até serem confirmados. Um SO_SNDBUF fixo de 16 KiB permite portanto 16 KiB por ida e volta, por maior que seja a janela. Um programa que
                escreve um bloco, espera uma resposta e escreve o próximo se limita do mesmo modo.
                """),
            Try = ["sudo sysctl net.ipv4.tcp_wmem='4096 8192 8192'; trama send far.example 5000 --raw < large-file"],
            Cure = (
                """
                On the sender: do not set SO_SNDBUF; raise net.ipv4.tcp_wmem to at least rate x RTT; write in large pieces, and do not wait for the peer between them.
                """,
                """
                No remetente: não fixe SO_SNDBUF; aumente net.ipv4.tcp_wmem para ao menos taxa x RTT; escreva em pedaços grandes, e não espere pelo par entre eles.
                """),
            See = "RFC 6349, tcp(7)",
        },
        new(FindingId.ZeroWindow)
        {
            What = (
                """
                A program stopped reading. Its kernel's buffer filled up, it advertised a window of 0, and the sender had to stop until the window opened again.
                """,
                """
                Um programa parou de ler. O buffer do kernel dele encheu, ele anunciou janela 0, e o remetente teve de parar até a janela abrir de novo.
                """),
            How = (
                """
                The window is the room left in the receive buffer; only the program's reads make room. At 0 the sender keeps quiet but for probes, at growing intervals, in
                case the update gets lost. The path and the sender are innocent, however long it lasts.
                """,
                """
                A janela é o espaço que resta no buffer de recepção; só as leituras do programa abrem espaço. Em 0 o remetente se cala, salvo sondas a intervalos crescentes, caso
                a atualização se perca. O caminho e o remetente são inocentes, por mais que dure.
                """),
            Try = ["trama demo --fault zero-window", "trama serve --fault zero-window"],
            Cure = (
                """
                Find out what the receiving program did instead of reading: slow work in the reading thread, a full queue behind it, a write that blocks on the other side's full buffer
                (both then wait for each other), a paused stream. Larger buffers only delay it.
                """,
                """
                Descubra o que o programa que recebe fazia em vez de ler: trabalho lento na thread de leitura, uma fila cheia atrás dela, uma escrita bloqueada no buffer cheio do outro
                lado (e aí os dois esperam um pelo outro), um stream pausado. Buffers maiores só adiam.
                """),
            See = "RFC 9293 (3.8.6, 3.8.6.1)",
        },
        new(FindingId.NagleDelayedAck)
        {
            What = (
                """
                A message written in two small pieces: the second waits in the sender's kernel for the ACK of the first, which the receiver's kernel delays, about 40 ms on Linux, up to
                200 ms elsewhere. Every message pays it.
                """,
                """
                Uma mensagem escrita em dois pedaços pequenos: o segundo espera no kernel do remetente pelo ACK do primeiro, que o kernel do receptor atrasa, uns 40 ms no Linux, até
                200 ms em outros. Toda mensagem paga por isso.
                """),
            How = (
                """
                Nagle's algorithm holds back a small segment while an earlier one is unacknowledged; delayed ACK holds back an acknowledgement in the hope that a reply will carry it.
                Each is sensible, together they wait for each other until the timer ends it. It takes a write, a write and then a read to get there.
                """,
                """
                O algoritmo de Nagle segura um segmento pequeno enquanto um anterior não foi confirmado; o ACK atrasado segura uma confirmação na esperança de que uma resposta a carregue.
                Cada um é sensato, juntos um espera pelo outro até o temporizador acabar com isso. Basta uma escrita, outra escrita e depois uma leitura.
                """),
            Try = ["trama demo --fault nagle-delayed-ack", "trama serve --fault slice=3,nagle"],
            Cure = (
                """
                Write each message with one call: gather header and body in one buffer, or use writev/sendmsg or a buffered stream that is flushed once. Or set TCP_NODELAY at the side that
                writes twice; then two packets go out at once. The other side needs no change.
                """,
                """
                Escreva cada mensagem com uma só chamada: junte cabeçalho e corpo num buffer, ou use writev/sendmsg ou um stream com buffer e um único flush. Ou ligue TCP_NODELAY no lado que
                escreve duas vezes; então dois pacotes saem na hora. O outro lado não precisa mudar.
                """),
            See = "RFC 896, RFC 9293 (3.7.4, 3.8.6.3), RFC 5681 (4.2)",
        },
        new(FindingId.SlowStartAfterIdle)
        {
            What = (
                """
                After a pause the sender began again with a small congestion window, although it had sent fast before.
                """,
                """
                Depois de uma pausa o remetente recomeçou com uma janela de congestionamento pequena, embora antes tivesse enviado rápido.
                """),
            How = (
                """
                What a sender learnt about the path gets old, so after an idle time longer than the retransmission timeout it falls back to the initial window, about ten segments, and
                doubles it each round trip. On a long path a reply of some hundred KiB then costs several round trips more than on a busy connection.
                """,
                """
                O que um remetente aprendeu do caminho envelhece, por isso após um tempo ocioso maior que o tempo de retransmissão ele volta à janela inicial, uns dez segmentos, e
                a dobra a cada ida e volta. Num caminho longo uma resposta de algumas centenas de KiB custa então várias idas e voltas a mais que numa conexão ocupada.
                """),
            Try = ["sysctl net.ipv4.tcp_slow_start_after_idle    # 1: on, the default"],
            Cure = (
                """
                If bursts after pauses matter more than caution, net.ipv4.tcp_slow_start_after_idle=0 at the sender. It is a trade, not an error. Smaller replies, or a
                server nearer to its clients, help as well.
                """,
                """
                Se rajadas depois de pausas importam mais que a cautela, net.ipv4.tcp_slow_start_after_idle=0 no remetente. É uma escolha, não um erro. Respostas menores, ou um
                servidor mais perto dos clientes, também ajudam.
                """),
            See = "RFC 5681 (4.1), RFC 6928, RFC 7661",
        },
    ];
}
