using Trama.Diagnosis;

namespace Trama.Reports.Findings.Explaining;

/// <summary>About messages that do not arrive as they were meant.</summary>
internal static class MessageExplanations
{
    public static Explanation[] All { get; } =
    [
        new(FindingId.MessageSplit)
        {
            What = (
                """
                The server took one recv() for one message. A longer request, or one that came in two segments, was answered after its first part, and the rest was taken for another
                request.
                """,
                """
                O servidor tomou um recv() por uma mensagem. Um pedido mais longo, ou que veio em dois segmentos, foi respondido depois da primeira parte, e o resto foi tomado por
                outro pedido.
                """),
            How = (
                """
                TCP carries bytes, not messages: one send() may arrive as several recv()s. On one machine, with short messages, it seems to be one to one, and the
                program works until a message is longer than recv(1024), or than a segment, or a network lies in between. It shows as more replies than requests.
                """,
                """
                O TCP leva bytes, não mensagens: um send() pode chegar como vários recv()s. Numa só máquina, com mensagens curtas, parece um para um, e o
                programa funciona até que uma mensagem passe de recv(1024), ou de um segmento, ou haja uma rede no meio. Aparece como mais respostas que pedidos.
                """),
            Try = ["trama demo --fault message-split", "trama serve --keep-open", "head -c 100000 /dev/urandom | base64 | trama send localhost 5000"],
            Cure = (
                """
                Give messages an end that the receiver can recognise: a line end, or a length in front. Then read in a loop until a whole message is there, and keep what
                came behind it for the next one. A larger recv() only moves the day on which it fails.
                """,
                """
                Dê às mensagens um fim que o receptor reconheça: um fim de linha, ou um tamanho na frente. Depois leia em laço até haver uma mensagem inteira, e guarde o que
                veio atrás dela para a próxima. Um recv() maior só adia o dia em que falha.
                """),
            See = "RFC 9293 (2.2), docs/framing.md",
        },
        new(FindingId.MessagesCoalesced)
        {
            What = (
                """
                Several messages of the client arrived together, and the server took them for one: the later ones never got a reply.
                """,
                """
                Várias mensagens do cliente chegaram juntas, e o servidor as tomou por uma: as últimas nunca tiveram resposta.
                """),
            How = (
                """
                TCP keeps no borders between writes. Nagle's algorithm joins small writes while an acknowledgement is outstanding, a busy receiver finds several in one recv(), and a client
                may write them at once. A server that answers once per recv() then answers too few.
                """,
                """
                O TCP não guarda fronteiras entre escritas. O algoritmo de Nagle junta escritas pequenas enquanto há uma confirmação pendente, um receptor ocupado encontra várias num recv(), e um cliente
                pode escrevê-las de uma vez. Um servidor que responde uma vez por recv() responde então a menos.
                """),
            Try = ["trama demo --fault messages-coalesced", "trama serve --keep-open", "printf 'one\\ntwo\\nthree\\n' | trama send localhost 5000"],
            Cure = (
                """
                In the server: after each recv(), take all whole messages out of the buffer, answer each, and keep the rest. TCP_NODELAY at the client only hides the error, since a
                slower moment brings it back.
                """,
                """
                No servidor: depois de cada recv(), tire do buffer todas as mensagens inteiras, responda a cada uma, e guarde o resto. TCP_NODELAY no cliente só esconde o erro, pois um
                momento mais lento o traz de volta.
                """),
            See = "RFC 9293 (2.2, 3.7.4), docs/framing.md",
        },
        new(FindingId.GarbledText)
        {
            What = (
                """
                Bytes that should be text are none: where text was spoken before, a message holds bytes that are no valid UTF-8.
                """,
                """
                Bytes que deveriam ser texto não são: onde antes se falava texto, uma mensagem traz bytes que não são UTF-8 válido.
                """),
            How = (
                """
                TCP delivers bytes as they were written, so a program wrote them so: in another character set (ISO 8859-1 writes á as one byte, E1), cut in the middle of a
                character, since one of them may take up to four bytes, or binary data under a text protocol. TLS or compression that begins in the middle looks like this too.
                """,
                """
                O TCP entrega os bytes como foram escritos, então um programa os escreveu assim: em outro conjunto de caracteres (ISO 8859-1 escreve á num byte, E1), cortados no meio de um
                caractere, pois um só pode ocupar até quatro bytes, ou dados binários num protocolo de texto. TLS ou compressão que começa no meio também tem essa cara.
                """),
            Try = ["trama serve --keep-open --echo --fault garble=1%", "printf 'Ol\\341' | trama send localhost 5000"],
            Cure = (
                """
                Agree on UTF-8 and name it on both sides where strings become bytes. Decode whole messages, or with a decoder that keeps an unfinished character for the next bytes.
                "trama follow FILE --hex" shows the very bytes.
                """,
                """
                Combinem UTF-8 e o nomeiem dos dois lados, onde textos viram bytes. Decodifique mensagens inteiras, ou com um decodificador que guarde um caractere incompleto para os próximos bytes.
                "trama follow ARQUIVO --hex" mostra os próprios bytes.
                """),
            See = "RFC 3629",
        },
    ];
}
