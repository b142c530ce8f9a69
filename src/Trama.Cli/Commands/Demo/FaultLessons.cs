using Trama.Reports;

namespace Trama.Cli.Commands.Demo;

/// <summary>What the demo of each fault arranges, and where to look.</summary>
internal static class FaultLessons
{
    private static readonly Dictionary<string, Lesson> Lessons = new()
    {
        ["connection-refused"] = new(
            "Nothing listens on the server's port.", "Each SYN is answered at once with RST: the host is there, the program is not.",
            "Ninguém escuta na porta do servidor.", "Cada SYN recebe um RST na hora: o host está lá, o programa não."),
        ["connection-filtered"] = new(
            "A device on the path drops every SYN without a word.", "The same SYN goes out again and again, and nothing comes back, not even an error.",
            "Um equipamento no caminho descarta todo SYN em silêncio.", "O mesmo SYN sai de novo e de novo, e nada volta, nem sequer um erro."),
        ["connection-rejected-by-icmp"] = new(
            "A router on the path refuses the SYN with an ICMP message.", "The answer to the SYN is no TCP segment; it comes from an address that is not the server's.",
            "Um roteador no caminho recusa o SYN com uma mensagem ICMP.", "A resposta ao SYN não é um segmento TCP; vem de um endereço que não é o do servidor."),
        ["backlog-overflow"] = new(
            "The server listens with a short queue and never accepts; several clients come.", "The first ones are connected by the kernel and wait in vain; the SYNs of the others get no answer although the port is open.",
            "O servidor escuta com uma fila curta e nunca aceita; vêm vários clientes.", "Os primeiros são conectados pelo kernel e esperam em vão; os SYNs dos demais ficam sem resposta, embora a porta esteja aberta."),
        ["reset-by-server"] = new(
            "The server reads a request and then aborts the connection.", "RST in place of a reply; its TTL is that of the server's other packets.",
            "O servidor lê um pedido e então aborta a conexão.", "RST no lugar da resposta; seu TTL é o dos outros pacotes do servidor."),
        ["reset-by-client"] = new(
            "The client aborts while the server still works on its request.", "The RST comes from the client, after the server acknowledged the request and before it replied.",
            "O cliente aborta enquanto o servidor ainda trabalha no pedido.", "O RST vem do cliente, depois que o servidor confirmou o pedido e antes da resposta."),
        ["reset-on-unread-data"] = new(
            "The server answers a large upload early and closes without reading the rest.", "Right behind the reply comes RST and not FIN: bytes were thrown away unread, and the reply may be lost with them.",
            "O servidor responde cedo a um envio grande e fecha sem ler o resto.", "Logo atrás da resposta vem RST e não FIN: bytes foram jogados fora sem ler, e a resposta pode se perder com eles."),
        ["middlebox-reset"] = new(
            "A device on the path dislikes a request and forges RST to both ends.", "The RST has another TTL than the server's packets, and comes sooner than the server could have answered.",
            "Um equipamento no caminho não gosta de um pedido e forja RST para as duas pontas.", "O RST tem outro TTL que os pacotes do servidor e chega antes do que o servidor poderia responder."),
        ["closed-without-reply"] = new(
            "The server reads a request and closes.", "The request is acknowledged, then comes FIN and no byte of a reply.",
            "O servidor lê um pedido e fecha.", "O pedido é confirmado, depois vem FIN e nenhum byte de resposta."),
        ["no-reply"] = new(
            "The server reads a request and does nothing more.", "The kernel acknowledges the request at once, the program never replies; the client closes.",
            "O servidor lê um pedido e não faz mais nada.", "O kernel confirma o pedido na hora, o programa nunca responde; quem fecha é o cliente."),
        ["peer-vanished"] = new(
            "The server's host loses its power before a request.", "The same segment goes out again, each time after twice the pause; nothing comes back, not even ACK.",
            "O host do servidor fica sem energia antes de um pedido.", "O mesmo segmento sai de novo, cada vez após o dobro da pausa; nada volta, nem ACK."),
        ["keepalive-failure"] = new(
            "The connection is idle, the server's host disappears, and the client has keep-alive on.", "Empty probes at even intervals without an answer; then the client's kernel gives up with RST.",
            "A conexão está ociosa, o host do servidor some e o cliente usa keep-alive.", "Sondas vazias em intervalos iguais sem resposta; depois o kernel do cliente desiste com RST."),
        ["slow-server"] = new(
            "The server thinks long over some requests.", "The ACK of the request comes at once, the reply much later: the path is fast, the program is not.",
            "O servidor pensa muito em alguns pedidos.", "O ACK do pedido vem na hora, a resposta bem depois: o caminho é rápido, o programa não."),
        ["slow-client"] = new(
            "The client waits between a reply and its next request.", "The silence is after a reply and before a request: it is the client's turn.",
            "O cliente espera entre uma resposta e o próximo pedido.", "O silêncio vem depois de uma resposta e antes de um pedido: é a vez do cliente."),
        ["slow-network"] = new(
            "The two hosts are far apart.", "Handshake and exchanges take the same: one round trip; nobody's program waits.",
            "Os dois hosts estão longe um do outro.", "O handshake e as trocas demoram o mesmo: uma ida e volta; nenhum programa espera."),
        ["packet-loss"] = new(
            "One segment of a large transfer is lost.", "The receiver repeats its ACK and names what it has; the sender fills the hole.",
            "Um segmento de uma transferência grande se perde.", "O receptor repete seu ACK e diz o que já tem; o emissor preenche o buraco."),
        ["reordering"] = new(
            "Some segments of a large transfer are held back for a moment.", "Later segments come first, then one ACK covers all of them: nothing was lost.",
            "Alguns segmentos de uma transferência grande ficam retidos por um instante.", "Segmentos posteriores chegam antes, e depois um ACK cobre todos: nada se perdeu."),
        ["duplication"] = new(
            "The path delivers some segments twice.", "The same packet, with the same IP identification, arrives twice; the sender sent it once.",
            "O caminho entrega alguns segmentos duas vezes.", "O mesmo pacote, com a mesma identificação IP, chega duas vezes; o emissor o enviou uma só."),
        ["zero-window"] = new(
            "The server stops reading in the middle of an upload.", "Its window shrinks to 0; the client may only probe until it opens again.",
            "O servidor para de ler no meio de um envio.", "Sua janela encolhe até 0; o cliente só pode sondar até ela abrir de novo."),
        ["window-limited"] = new(
            "The server's receive buffer is small, and the path long.", "Bursts of one window, each followed by a round trip of silence.",
            "O buffer de recepção do servidor é pequeno, e o caminho, longo.", "Rajadas de uma janela, cada uma seguida de uma ida e volta de silêncio."),
        ["nagle-delayed-ack"] = new(
            "The client writes each request in two small pieces.", "The second piece waits some 40 ms for an ACK that the server delays on purpose.",
            "O cliente escreve cada pedido em dois pedaços pequenos.", "O segundo pedaço espera uns 40 ms por um ACK que o servidor atrasa de propósito."),
        ["mtu-black-hole"] = new(
            "A router drops large packets and does not say so.", "Small messages pass; the full-size segments go out again and again.",
            "Um roteador descarta pacotes grandes e não avisa.", "Mensagens pequenas passam; os segmentos cheios saem de novo e de novo."),
        ["rate-limited"] = new(
            "A slow link with a long queue is on the path.", "The data arrive at an even pace, and the round trip grows from segment to segment.",
            "Há no caminho um enlace lento com uma fila longa.", "Os dados chegam em ritmo constante, e o tempo de ida e volta cresce a cada segmento."),
        ["message-split"] = new(
            "The server takes what one recv(1024) returns for one message.", "A longer request gets its reply too early, and another reply follows that nobody asked for.",
            "O servidor toma o que um recv(1024) devolve por uma mensagem.", "Um pedido mais longo é respondido cedo demais, e vem outra resposta que ninguém pediu."),
        ["messages-coalesced"] = new(
            "The client writes messages one after the other; TCP joins them, and the server takes each recv(1024) for one.", "Several lines in one segment, one reply: the later ones never get theirs.",
            "O cliente escreve mensagens uma atrás da outra; o TCP as junta, e o servidor toma cada recv(1024) por uma.", "Várias linhas num segmento, uma resposta: as últimas ficam sem a sua."),
        ["syn-flood"] = new(
            "Many SYNs arrive from addresses and ports where nobody is.", "SYN-ACKs that nobody acknowledges: the server is left with half-open connections.",
            "Chegam muitos SYNs de endereços e portas onde não há ninguém.", "SYN-ACKs que ninguém confirma: o servidor fica com conexões meio abertas."),
        ["ephemeral-port-reuse"] = new(
            "A client connects again from the same port.", "The same addresses and ports, other sequence numbers: separate conversations, and no fault.",
            "Um cliente conecta de novo a partir da mesma porta.", "Os mesmos endereços e portas, outros números de sequência: conversas separadas, e nenhuma falha."),
        ["simultaneous-close"] = new(
            "Both programs close at the same moment.", "Two FINs cross on the path, and each is acknowledged: unusual, and no fault.",
            "Os dois programas fecham no mesmo instante.", "Dois FINs se cruzam no caminho, e cada um é confirmado: incomum, e nenhuma falha."),
    };

    /// <summary>What is arranged.</summary>
    public static string Arranged(string fault, Language language) => language.Pick(Lessons[fault].Arranged, Lessons[fault].Arranjado);

    /// <summary>What to look for in the packets.</summary>
    public static string LookFor(string fault, Language language) => language.Pick(Lessons[fault].LookFor, Lessons[fault].Procure);

    private sealed record Lesson(string Arranged, string LookFor, string Arranjado, string Procure);
}
