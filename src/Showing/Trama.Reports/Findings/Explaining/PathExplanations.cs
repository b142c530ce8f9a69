using Trama.Diagnosis;

namespace Trama.Reports.Findings.Explaining;

/// <summary>About what the path does to segments, and to time.</summary>
internal static class PathExplanations
{
    public static Explanation[] All { get; } =
    [
        new(FindingId.SlowNetwork)
        {
            What = (
                """
                The path is long: every exchange costs at least one round trip, and that is most of its time. Nothing is lost and nobody dawdles.
                """,
                """
                O caminho é longo: toda troca custa ao menos uma ida e volta, e isso é a maior parte do tempo dela. Nada se perde e ninguém se demora.
                """),
            How = (
                """
                The handshake takes one round trip and no program takes part in it, so it measures the path alone. If the exchanges take as long as it did, the distance is the cause:
                light in fibre needs about 10 ms for 1,000 km there and back; satellites, mobile links and VPN detours add more.
                """,
                """
                O handshake leva uma ida e volta e nenhum programa participa dele, por isso mede só o caminho. Se as trocas levam o mesmo tempo, a causa é a distância:
                a luz na fibra precisa de uns 10 ms para 1.000 km de ida e volta; satélites, redes móveis e desvios de VPN somam mais.
                """),
            Try = ["trama demo --fault slow-network"],
            Cure = (
                """
                Make fewer round trips: keep connections open, ask for several things in one request, send requests without waiting for each reply. Or move the two closer
                together: a server nearby, a cache. If the round trip was shorter yesterday, let traceroute or mtr show where it grew.
                """,
                """
                Faça menos idas e voltas: mantenha conexões abertas, peça várias coisas num pedido, envie pedidos sem esperar cada resposta. Ou aproxime
                os dois: um servidor perto, um cache. Se ontem a ida e volta era menor, traceroute ou mtr mostram onde ela cresceu.
                """),
            See = "docs/timing.md, RFC 9293 (3.5)",
        },
        new(FindingId.RateLimited)
        {
            What = (
                """
                Somewhere on the path a bottleneck limits the rate: a link, a shaper that queues what is too much, or a policer that drops it.
                """,
                """
                Em algum ponto do caminho um gargalo limita a taxa: um enlace, um shaper que enfileira o excesso, ou um policer que o descarta.
                """),
            How = (
                """
                Whatever the sender tries, the bytes arrive at the same rate. In front of a shaper a queue builds up and the round trip grows with it, from milliseconds to seconds;
                when the queue is full its end is dropped. A policer has no queue: the round trip stays short, and losses come in bursts whenever the rate is passed.
                """,
                """
                Tente o remetente o que tentar, os bytes chegam na mesma taxa. Na frente de um shaper forma-se uma fila e a ida e volta cresce com ela, de milissegundos a segundos;
                com a fila cheia, o fim dela é descartado. Um policer não tem fila: a ida e volta continua curta, e as perdas vêm em rajadas sempre que a taxa é passada.
                """),
            Try = ["trama demo --fault rate-limited", "sudo tc qdisc add dev eth0 root tbf rate 1mbit burst 15k latency 400ms"],
            Cure = (
                """
                Is it the rate you pay for? Then send less, compress, or buy more. Against the long queue: fq_codel or cake at the bottleneck. Against a policer: ask for a larger
                burst, or shape a little below the limit at the sender (SO_MAX_PACING_RATE, tc fq maxrate), so that nothing is dropped.
                """,
                """
                É a taxa que você contratou? Então envie menos, comprima, ou contrate mais. Contra a fila longa: fq_codel ou cake no gargalo. Contra um policer: peça uma
                rajada maior, ou limite no remetente um pouco abaixo (SO_MAX_PACING_RATE, tc fq maxrate), para que nada seja descartado.
                """),
            See = "RFC 7567, RFC 8290, RFC 2698",
        },
        new(FindingId.PacketLoss)
        {
            What = (
                """
                Segments were lost on the way and had to be sent again. TCP repairs it; the price is time.
                """,
                """
                Segmentos se perderam no caminho e tiveram de ser enviados de novo. O TCP conserta; o preço é tempo.
                """),
            How = (
                """
                When later segments arrive, the receiver repeats its acknowledgement and names what it has (SACK); after three of those, or by RACK, the sender repeats the missing one within
                about a round trip: a fast retransmission. When the last segment of a message is lost there is nothing behind it, and only a timer helps: a
                probe after about two round trips, or the timeout of 200 ms and more on Linux, doubled each time. Each loss also makes the sender slower.
                """,
                """
                Quando chegam segmentos posteriores, o receptor repete a confirmação e diz o que tem (SACK); depois de três dessas, ou por RACK, o remetente repete o que falta em
                cerca de uma ida e volta: uma retransmissão rápida. Quando se perde o último segmento de uma mensagem não há nada atrás dele, e só um temporizador ajuda: uma
                sonda após umas duas idas e voltas, ou o tempo limite de 200 ms ou mais no Linux, dobrado a cada vez. Cada perda também torna o remetente mais lento.
                """),
            Try = ["trama demo --fault packet-loss", "sudo tc qdisc add dev lo root netem loss 2%"],
            Cure = (
                """
                Find where: capture at both ends ("trama diagnose client.pcap server.pcap"), or follow interface errors and drops along the path (ip -s link, ethtool -S, the switches'
                counters). Wi-Fi, a duplex mismatch, a bad cable, an overloaded link or host, a policer are the usual ones. 0.1 % is harmless on a short path, 1 % hurts on a long one.
                """,
                """
                Descubra onde: capture nas duas pontas ("trama diagnose client.pcap server.pcap"), ou siga erros e descartes das interfaces ao longo do caminho (ip -s link, ethtool -S, os
                contadores dos switches). Wi-Fi, duplex errado, cabo ruim, enlace ou máquina sobrecarregados e policers são os de sempre. 0,1 % não faz mal num caminho curto, 1 % dói num longo.
                """),
            See = "RFC 5681 (3.2), RFC 6298, RFC 6675, RFC 8985",
        },
        new(FindingId.Reordering)
        {
            What = (
                """
                Segments overtook each other on the way. Nothing was lost, though the sender may have repeated some needlessly.
                """,
                """
                Segmentos ultrapassaram uns aos outros no caminho. Nada se perdeu, embora o remetente possa ter repetido alguns à toa.
                """),
            How = (
                """
                Parallel paths of different length, several queues in one device, or wireless links that repeat a frame bring packets out of order. The receiver reports a hole
                with duplicate ACKs, then acknowledges everything at once when the late one comes. A sender that takes the hole for a loss resends and slows down.
                """,
                """
                Caminhos paralelos de comprimentos diferentes, várias filas num dispositivo, ou enlaces sem fio que repetem um quadro trazem pacotes fora de ordem. O receptor avisa de um buraco
                com ACKs repetidos, e confirma tudo de uma vez quando o atrasado chega. Um remetente que toma o buraco por perda reenvia e freia.
                """),
            Try = ["trama demo --fault reordering", "sudo tc qdisc add dev eth0 root netem delay 10ms reorder 5%"],
            Cure = (
                """
                Let devices spread load by connection, not by packet (hash on addresses and ports). Modern senders (RACK, DSACK) put up with some reordering; if the rate
                does not suffer, leave it.
                """,
                """
                Faça os dispositivos dividirem a carga por conexão, não por pacote (hash de endereços e portas). Remetentes modernos (RACK, DSACK) toleram alguma reordenação; se a taxa
                não sofre, deixe estar.
                """),
            See = "RFC 4737, RFC 2883, RFC 8985 (6)",
        },
        new(FindingId.Duplication)
        {
            What = (
                """
                The network delivered packets twice that were sent once.
                """,
                """
                A rede entregou duas vezes pacotes que foram enviados uma vez.
                """),
            How = (
                """
                A retransmission is a new packet with a new IP identification; two packets alike to the last field, moments apart, are copies made on the way: a loop or a mirror
                port that feeds back, a bridge with two ways, a wireless link whose acknowledgement got lost. The receiver drops the second and reports it (DSACK).
                """,
                """
                Uma retransmissão é um pacote novo com nova identificação IP; dois pacotes iguais até o último campo, com pouco tempo entre eles, são cópias feitas no caminho: um laço ou uma porta
                espelho que realimenta, uma bridge com dois caminhos, um enlace sem fio cuja confirmação se perdeu. O receptor descarta a segunda e avisa (DSACK).
                """),
            Try = ["trama demo --fault duplication", "sudo tc qdisc add dev lo root netem duplicate 5%"],
            Cure = (
                """
                First make sure that the capture did not see each packet at two points, such as a bridge and its port. Then look for loops and mirror ports. A few copies are harmless; all
                of them doubled halve the link.
                """,
                """
                Primeiro confirme que a captura não viu cada pacote em dois pontos, como uma bridge e a porta dela. Depois procure laços e portas espelho. Poucas cópias não fazem mal; tudo
                em dobro corta o enlace pela metade.
                """),
            See = "RFC 2883, RFC 5560",
        },
        new(FindingId.SpuriousRetransmission)
        {
            What = (
                """
                Segments were sent again although the first copy had arrived. It wastes bytes and slows the sender, and nothing had been lost.
                """,
                """
                Segmentos foram enviados de novo embora a primeira cópia tivesse chegado. Gasta bytes e freia o remetente, e nada se perdera.
                """),
            How = (
                """
                The acknowledgement was late or lost, not the data: a delay that jumps above the timeout, lost ACKs, or reordering taken for loss. The receiver's DSACK, or
                timestamps, tell the sender of its error.
                """,
                """
                A confirmação atrasou ou se perdeu, não os dados: um atraso que salta acima do tempo limite, ACKs perdidos, ou reordenação tomada por perda. O DSACK do receptor, ou
                os timestamps, avisam o remetente do engano.
                """),
            Try = ["sudo tc qdisc add dev lo root netem delay 20ms 400ms; trama send localhost 5000 hello"],
            Cure = (
                """
                Look for what makes the delay jump: a long queue (rate-limited), a wireless link, a virtual machine that is paused. Keep timestamps and SACK switched on
                (net.ipv4.tcp_timestamps, tcp_sack).
                """,
                """
                Procure o que faz o atraso saltar: uma fila longa (rate-limited), um enlace sem fio, uma máquina virtual pausada. Deixe timestamps e SACK ligados
                (net.ipv4.tcp_timestamps, tcp_sack).
                """),
            See = "RFC 2883, RFC 3522, RFC 5682",
        },
        new(FindingId.MtuBlackHole)
        {
            What = (
                """
                Small packets pass, full-size ones vanish without a word. Connections open, short messages work, and the first long one hangs.
                """,
                """
                Pacotes pequenos passam, os de tamanho máximo somem sem aviso. Conexões abrem, mensagens curtas funcionam, e a primeira longa trava.
                """),
            How = (
                """
                Some link on the path, often a tunnel or VPN, takes only smaller packets. The router there should say so with ICMP (fragmentation needed, packet too big), but that ICMP
                is not sent, or a firewall drops it. The sender repeats the same large segment at growing intervals and never learns why.
                """,
                """
                Algum enlace no caminho, muitas vezes um túnel ou VPN, só aceita pacotes menores. O roteador dali deveria avisar por ICMP (fragmentation needed, packet too big), mas esse ICMP
                não é enviado, ou um firewall o descarta. O remetente repete o mesmo segmento grande a intervalos crescentes e nunca sabe por quê.
                """),
            Try = ["trama demo --fault mtu-black-hole", "ping -M do -s 1472 HOST    # 1,500 bytes with headers: does it pass?"],
            Cure = (
                """
                Let ICMP type 3 code 4, and ICMPv6 type 2, through all firewalls. Else clamp the MSS at the tunnel (iptables TCPMSS --clamp-mss-to-pmtu), lower the MTU of the interface,
                or let the sender search by itself: net.ipv4.tcp_mtu_probing=1.
                """,
                """
                Deixe passar ICMP tipo 3 código 4, e ICMPv6 tipo 2, em todos os firewalls. Senão limite o MSS no túnel (iptables TCPMSS --clamp-mss-to-pmtu), diminua o MTU da interface,
                ou deixe o remetente procurar sozinho: net.ipv4.tcp_mtu_probing=1.
                """),
            See = "RFC 2923, RFC 4821, RFC 1191, RFC 8201",
        },
        new(FindingId.CorruptedChecksum)
        {
            What = (
                """
                Segments arrived with a wrong TCP checksum. The receiver dropped them silently; they count as lost.
                """,
                """
                Segmentos chegaram com checksum TCP errado. O receptor os descartou em silêncio; contam como perdidos.
                """),
            How = (
                """
                Links have checks of their own, so what gets here was damaged inside a device: bad memory, a faulty NAT or tunnel. Captured at the sender, wrong checksums
                mean nothing: the network card fills them in after the capture (offload). Those are told apart and not reported.
                """,
                """
                Os enlaces têm verificações próprias, então o que chega aqui foi danificado dentro de um dispositivo: memória ruim, NAT ou túnel com defeito. Capturados no remetente, checksums errados
                não querem dizer nada: a placa de rede os preenche depois da captura (offload). Esses são reconhecidos e não relatados.
                """),
            Try = ["sudo tc qdisc add dev eth0 root netem corrupt 1%"],
            Cure = (
                """
                "nstat -az TcpInCsumErrors" counts them at the receiver. Move the capture along the path until they are right: the device behind that point is the broken one. Where some are
                caught, others may slip through 16 bits: protect data with TLS or a hash.
                """,
                """
                "nstat -az TcpInCsumErrors" os conta no receptor. Mova a captura pelo caminho até que estejam certos: o dispositivo depois desse ponto é o defeituoso. Onde alguns são
                pegos, outros podem passar pelos 16 bits: proteja os dados com TLS ou um hash.
                """),
            See = "RFC 9293 (3.1), RFC 1071",
        },
        new(FindingId.CaptureLoss)
        {
            What = (
                """
                The capture missed packets that did arrive: bytes are acknowledged that it does not have. What it says about loss and timing is to be taken with care.
                """,
                """
                A captura perdeu pacotes que chegaram: há bytes confirmados que ela não tem. O que ela diz sobre perdas e tempos pede cautela.
                """),
            How = (
                """
                The capturing program was too slow, its buffer too small, or the mirror port carries less than the two directions of the link. A receiver acknowledges
                only what it got, so an ACK beyond what was seen proves that the packet passed unseen.
                """,
                """
                O programa de captura foi lento, o buffer dele pequeno, ou a porta espelho leva menos que as duas direções do enlace. Um receptor confirma
                só o que recebeu, então um ACK além do que foi visto prova que o pacote passou sem ser visto.
                """),
            Try = ["trama dump -i lo -B 4 -w small-buffer.pcap    # during a fast transfer"],
            Cure = (
                """
                Capture with a filter, a short snapshot length (-s 128) and a large buffer (-B 65536), write to a fast disk, and look at the count of dropped packets when the capture ends.
                """,
                """
                Capture com um filtro, um snapshot curto (-s 128) e um buffer grande (-B 65536), grave num disco rápido, e olhe a contagem de pacotes descartados ao fim da captura.
                """),
            See = "pcap(3), docs/trace.md",
        },
    ];
}
