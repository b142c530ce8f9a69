using Trama.Diagnosis;

namespace Trama.Reports.Findings.Explaining;

/// <summary>About connections that do not open, or open late.</summary>
internal static class OpeningExplanations
{
    public static Explanation[] All { get; } =
    [
        new(FindingId.ConnectionRefused)
        {
            What = (
                """
                The server's host is there and answers, but no program listens on that port: "connection refused" (ECONNREFUSED) at the client.
                """,
                """
                A máquina do servidor está lá e responde, mas nenhum programa escuta nessa porta: "connection refused" (ECONNREFUSED) no cliente.
                """),
            How = (
                """
                A SYN for a port on which nothing listens is answered by the kernel with RST, which acknowledges the SYN and ends the attempt at once.
                The answer takes one round trip and no program is involved. A firewall can send the same RST on purpose (iptables REJECT with tcp-reset);
                its TTL may then differ from that of the host's other packets.
                """,
                """
                Um SYN para uma porta em que nada escuta é respondido pelo kernel com RST, que confirma o SYN e encerra a tentativa na hora.
                A resposta leva uma ida e volta e nenhum programa participa dela. Um firewall pode enviar o mesmo RST de propósito (iptables REJECT com tcp-reset);
                nesse caso o TTL pode diferir do dos outros pacotes da máquina.
                """),
            Try = ["trama demo --fault connection-refused", "trama send localhost 9999 hello"],
            Cure = (
                """
                On the server: is the program running, and did it reach listen()? "ss -ltn" shows who listens, on which port and at which address; a program
                bound to 127.0.0.1 refuses everybody else. On the client: is it the right host and port? After a restart, retry with growing pauses.
                """,
                """
                No servidor: o programa está rodando e chegou ao listen()? "ss -ltn" mostra quem escuta, em que porta e em que endereço; um programa
                preso a 127.0.0.1 recusa todos os outros. No cliente: a máquina e a porta são as certas? Depois de um reinício, tente de novo com pausas crescentes.
                """),
            See = "RFC 9293 (3.5.2, 3.10.7.1)",
        },
        new(FindingId.ConnectionFiltered)
        {
            What = (
                """
                The client asks to connect and hears nothing: no SYN-ACK, no RST, no ICMP. The program waits until it gives up (ETIMEDOUT).
                """,
                """
                O cliente pede a conexão e não ouve nada: nem SYN-ACK, nem RST, nem ICMP. O programa espera até desistir (ETIMEDOUT).
                """),
            How = (
                """
                A living host answers every SYN, if only with RST; silence means that the SYN or its answer was dropped: by a firewall that discards, a security
                group, a route that leads nowhere, an address that nobody has. The kernel repeats the SYN after 1 s and later at growing intervals; Linux
                gives up after a minute or two. In a capture on the client, drops on the way there, at the host and on the way back all look alike:
                a capture on the server tells them apart (no SYN there: lost before it; SYN and SYN-ACK: lost on the way back; SYN alone: dropped by that host).
                """,
                """
                Uma máquina viva responde a todo SYN, nem que seja com RST; silêncio quer dizer que o SYN ou a resposta foi descartado: por um firewall que descarta,
                um security group, uma rota que não leva a lugar nenhum, um endereço que ninguém tem. O kernel repete o SYN após 1 s e mais tarde a intervalos crescentes;
                o Linux desiste depois de um ou dois minutos. Numa captura no cliente, o descarte na ida, na máquina ou na volta tem a mesma cara:
                uma captura no servidor os distingue (sem SYN lá: perdido antes; SYN e SYN-ACK: perdido na volta; só SYN: descartado por aquela máquina).
                """),
            Try = ["trama demo --fault connection-filtered", "sudo iptables -A INPUT -p tcp --dport 5000 -j DROP; trama send localhost 5000 hello"],
            Cure = (
                """
                Check address and port; then the firewalls in order from the server outwards: the host's own (nft list ruleset, iptables -L -v: which counter grows?),
                the cloud's security groups, the routers. Check the way back too: the server needs a route to the client. Let firewalls of your own reject instead of
                drop, so that people learn at once. Give connect() a timeout of a few seconds in the program.
                """,
                """
                Confira endereço e porta; depois os firewalls em ordem, do servidor para fora: o da própria máquina (nft list ruleset, iptables -L -v: que contador cresce?),
                os security groups da nuvem, os roteadores. Confira a volta também: o servidor precisa de uma rota até o cliente. Faça seus próprios firewalls rejeitarem em vez
                de descartar, para que as pessoas saibam na hora. No programa, dê ao connect() um limite de poucos segundos.
                """),
            See = "RFC 9293 (3.8.3), RFC 6298 (2, 5.7)",
        },
        new(FindingId.ConnectionRejectedByIcmp)
        {
            What = (
                """
                Somebody answers the SYN with an ICMP error, such as "host unreachable" or "administratively prohibited", instead of letting the connection open.
                """,
                """
                Alguém responde ao SYN com um erro ICMP, como "host unreachable" ou "administratively prohibited", em vez de deixar a conexão abrir.
                """),
            How = (
                """
                A router that knows no way further, or a firewall that rejects politely, sends ICMP destination unreachable with the beginning of the packet it
                concerns. Its source address tells who refused: a router on the path, or the server's host. During the handshake most kernels pass it on to the program
                (EHOSTUNREACH, ENETUNREACH, ECONNREFUSED for port unreachable), sometimes after repeating the SYN, since the condition may be passing.
                """,
                """
                Um roteador que não conhece caminho adiante, ou um firewall que rejeita com educação, envia ICMP destination unreachable com o começo do pacote
                em questão. O endereço de origem diz quem recusou: um roteador no caminho ou a máquina do servidor. Durante o handshake a maioria dos kernels repassa o erro ao programa
                (EHOSTUNREACH, ENETUNREACH, ECONNREFUSED para porta inalcançável), às vezes depois de repetir o SYN, pois a situação pode ser passageira.
                """),
            Try = ["trama demo --fault connection-rejected-by-icmp", "sudo iptables -A INPUT -p tcp --dport 5000 -j REJECT; trama send localhost 5000 hello"],
            Cure = (
                """
                Look at the device whose address sent the ICMP: code 0, 1 a missing route or a host that does not answer ARP; code 3 no such port; codes 9, 10, 13 a rule that
                forbids it. Change that route or rule. If the sender is unknown to you, its owner is the one to ask.
                """,
                """
                Olhe o dispositivo cujo endereço enviou o ICMP: códigos 0 e 1, falta de rota ou máquina que não responde ao ARP; código 3, porta inexistente; códigos 9, 10 e 13,
                uma regra que proíbe. Mude essa rota ou regra. Se o remetente não é seu, é ao dono dele que se pergunta.
                """),
            See = "RFC 792, RFC 1122 (3.2.2.1), RFC 1812 (5.2.7.1), RFC 5461",
        },
        new(FindingId.BacklogOverflow)
        {
            What = (
                """
                The server's program listens but does not accept fast enough, or not at all. The queue of finished handshakes is full, and new clients get no answer.
                """,
                """
                O programa do servidor escuta, mas não aceita rápido o bastante, ou não aceita nada. A fila de handshakes prontos está cheia, e clientes novos ficam sem resposta.
                """),
            How = (
                """
                The kernel completes handshakes by itself and queues them for accept(), up to the backlog given to listen() (on Linux capped by net.core.somaxconn).
                So the first clients connect, their requests are even acknowledged, and nobody reads them. When the queue is full, Linux drops further SYNs, and the
                last ACK of handshakes, without a word; clients repeat them after 1, 3, 7 s. It looks like a firewall, on a port that was open a moment ago.
                """,
                """
                O kernel completa os handshakes sozinho e os enfileira para o accept(), até o backlog dado ao listen() (no Linux limitado por net.core.somaxconn).
                Assim os primeiros clientes conectam, seus pedidos são até confirmados, e ninguém os lê. Com a fila cheia, o Linux descarta novos SYNs, e o
                último ACK dos handshakes, sem dizer nada; os clientes os repetem após 1, 3, 7 s. Parece um firewall, numa porta que há pouco estava aberta.
                """),
            Try = ["trama demo --fault backlog-overflow", "trama serve --fault backlog-overflow=10s"],
            Cure = (
                """
                On the server: "ss -ltn" shows the queue (Recv-Q) and its limit (Send-Q); "nstat -az TcpExtListenOverflows" counts the drops. Find out why the program does not call
                accept(): a blocked thread, a single worker busy with a slow client, no file descriptors left. A larger backlog only helps against short bursts.
                """,
                """
                No servidor: "ss -ltn" mostra a fila (Recv-Q) e o limite dela (Send-Q); "nstat -az TcpExtListenOverflows" conta os descartes. Descubra por que o programa não chama
                accept(): uma thread bloqueada, um único worker ocupado com um cliente lento, falta de descritores de arquivo. Um backlog maior só ajuda contra rajadas curtas.
                """),
            See = "listen(2), tcp(7), RFC 4987 (3.3)",
        },
        new(FindingId.SlowToOpen)
        {
            What = (
                """
                The connection opened, but only after a SYN or SYN-ACK had been sent again: a second or more was lost before the first byte.
                """,
                """
                A conexão abriu, mas só depois que um SYN ou SYN-ACK foi enviado de novo: perdeu-se um segundo ou mais antes do primeiro byte.
                """),
            How = (
                """
                Before the first round trip a kernel knows nothing about the path, so it waits 1 s for the answer to a SYN, then 2, 4 s. One lost packet in the handshake
                therefore costs far more than one in the middle of a transfer. The cause is loss on the path, or a server too busy to take a SYN in that moment.
                """,
                """
                Antes da primeira ida e volta o kernel nada sabe do caminho, então espera 1 s pela resposta a um SYN, depois 2, 4 s. Um pacote perdido no handshake
                custa por isso bem mais que um no meio de uma transferência. A causa é perda no caminho, ou um servidor ocupado demais para aceitar um SYN naquele momento.
                """),
            Try = ["sudo iptables -A INPUT -p tcp --syn --dport 5000 -m statistic --mode random --probability 0.5 -j DROP; trama send localhost 5000 hello"],
            Cure = (
                """
                If it happens often, look for loss between the two (packet-loss) and for a full accept queue at the server (backlog-overflow). Keep connections open
                and reuse them, so that the handshake is rare.
                """,
                """
                Se acontece com frequência, procure perda entre os dois (packet-loss) e uma fila de accept cheia no servidor (backlog-overflow). Mantenha conexões abertas
                e reaproveite-as, para que o handshake seja raro.
                """),
            See = "RFC 6298 (2, 5.7), RFC 9293 (3.8.3)",
        },
        new(FindingId.SynFlood)
        {
            What = (
                """
                Many SYNs arrive, from many ports or addresses, and nobody completes the handshake: an attack, or a scanner.
                """,
                """
                Chegam muitos SYNs, de muitas portas ou endereços, e ninguém completa o handshake: um ataque, ou um scanner.
                """),
            How = (
                """
                For each SYN a server keeps a half-open connection and repeats its SYN-ACK for about a minute. Whoever sends SYNs under borrowed addresses fills
                that table at no cost to himself, and real clients are turned away. With SYN cookies the server keeps nothing until the handshake is complete.
                """,
                """
                Para cada SYN o servidor guarda uma conexão meio aberta e repete o SYN-ACK por cerca de um minuto. Quem envia SYNs com endereços alheios enche
                essa tabela sem custo próprio, e clientes de verdade são barrados. Com SYN cookies o servidor não guarda nada até o handshake se completar.
                """),
            Try = ["trama demo --fault syn-flood"],
            Cure = (
                """
                On the server: net.ipv4.tcp_syncookies=1 (the default on Linux); "nstat -az TcpExtSyncookiesSent" shows whether they are at work. In front of it: limit SYNs per source,
                or a provider that filters. If all come from one address of your own, look for a client that connects in a loop and never finishes.
                """,
                """
                No servidor: net.ipv4.tcp_syncookies=1 (o padrão no Linux); "nstat -az TcpExtSyncookiesSent" mostra se estão em uso. Na frente dele: limite os SYNs por origem,
                ou um provedor que filtre. Se todos vêm de um endereço seu, procure um cliente que conecta em laço e nunca termina.
                """),
            See = "RFC 4987",
        },
        new(FindingId.EphemeralPortReuse)
        {
            What = (
                """
                The client opened a new connection from the same port as an earlier one to the same server. These are separate conversations; nothing is wrong.
                """,
                """
                O cliente abriu uma conexão nova da mesma porta de uma anterior para o mesmo servidor. São conversas separadas; não há nada errado.
                """),
            How = (
                """
                A connection is named by two addresses and two ports, so a reused port makes two connections look like one. The new SYN carries a new initial sequence number. A side that
                is still in TIME-WAIT may accept it when the sequence number or the timestamp is higher than the last one seen; otherwise the SYN is answered
                with an ACK of the old connection, or refused.
                """,
                """
                Uma conexão é nomeada por dois endereços e duas portas, então uma porta repetida faz duas conexões parecerem uma. O SYN novo traz um número de sequência inicial novo. Um lado
                ainda em TIME-WAIT pode aceitá-lo se o número de sequência ou o timestamp for maior que o último visto; senão o SYN é respondido
                com um ACK da conexão antiga, ou recusado.
                """),
            Try = ["trama demo --fault ephemeral-port-reuse"],
            Cure = (
                """
                Nothing to cure. If new connections sometimes fail with EADDRNOTAVAIL or wait for a minute, there are too many short ones: keep them open, widen
                net.ipv4.ip_local_port_range, or let the client bind no fixed port.
                """,
                """
                Nada a curar. Se conexões novas às vezes falham com EADDRNOTAVAIL ou esperam um minuto, há conexões curtas demais: mantenha-as abertas, alargue
                net.ipv4.ip_local_port_range, ou não fixe a porta do cliente.
                """),
            See = "RFC 9293 (3.6.1), RFC 6191",
        },
    ];
}
