using Trama.Diagnosis;
using Trama.Reports.Findings.Words;

namespace Trama.Reports.Findings.Pages;

/// <summary>What is said of <see cref="FindingId.ResetOnUnreadData"/>.</summary>
internal static class ResetOnUnreadData
{
    public static FindingPage Page { get; } = new(FindingId.ResetOnUnreadData)
    {
        Label = ("reset because of unread bytes", "interrompida por bytes não lidos"),
        Text = static f => f.Kind switch
        {
            FindingKind.Upload => f.Say(
                $"The {f.Culprit} replied and closed while the request was still coming: its kernel sent RST, and the reply may "
                + "never be read",
                $"O {f.Culprit} respondeu e fechou com o pedido ainda chegando: o kernel dele enviou RST, e a resposta talvez nunca "
                + "seja lida") + Unread(f) + ".",
            _ => f.Say(
                $"The {f.Culprit} closed with bytes unread: its kernel sent RST instead of FIN, and the end of its reply may be lost",
                $"O {f.Culprit} fechou com bytes por ler: o kernel dele enviou RST em vez de FIN, e o fim da resposta pode se perder")
                + Unread(f) + ".",
        },
        Advice = static f => f.Say(
            $"let the {f.Culprit}'s program read to the end before it closes, or shut down its sending side first and drain.",
            $"faça o programa do {f.Culprit} ler até o fim antes de fechar, ou encerrar primeiro o envio e drenar o resto."),
        What = (
            """
            A program closed its socket while bytes from the other side were still unread. Its kernel then sends RST instead of
            FIN, and the end of what it had just sent may be lost with it.
            """,
            """
            Um programa fechou o socket com bytes do outro lado ainda por ler. O kernel dele então envia RST em vez de FIN, e o
            fim do que acabara de enviar pode se perder junto.
            """),
        How = (
            """
            TCP has to tell the peer that its data went nowhere, so close() with unread bytes, or bytes that arrive after it,
            resets. The RST makes the peer's kernel throw away what its program has not read yet: an early "413 too large" to a
            big upload never reaches the eyes of the client, or the last part of a long reply is missing. In the capture the RST
            comes right behind the reply, without a FIN before it.
            """,
            """
            O TCP precisa avisar ao par que seus dados não foram a lugar nenhum, por isso close() com bytes por ler, ou bytes
            que chegam depois dele, causa RST. O RST faz o kernel do par jogar fora o que o programa ainda não leu: um "413 too
            large" adiantado a um grande upload nunca chega aos olhos do cliente, ou falta o fim de uma resposta longa. Na
            captura o RST vem logo atrás da resposta, sem FIN antes.
            """),
        Try = ["trama demo --fault reset-on-unread-data"],
        Cure = (
            """
            In the program that closes: read to the end of the request before closing; or send the reply, shutdown(SHUT_WR), go
            on reading and discarding until the other side closes or a short time is over, and only then close(). Servers call
            it lingering close.
            """,
            """
            No programa que fecha: leia o pedido até o fim antes de fechar; ou envie a resposta, shutdown(SHUT_WR), continue
            lendo e descartando até o outro lado fechar ou passar um tempo curto, e só então close(). Servidores chamam isso de
            lingering close.
            """),
        See = "RFC 9293 (3.6.1), RFC 2525 (2.17), RFC 9112 (9.6)",
        Lesson = new(
            ("The server answers a large upload early and closes without reading the rest.",
                "O servidor responde cedo a um envio grande e fecha sem ler o resto."),
            ("Right behind the reply comes RST and not FIN: bytes were thrown away unread, and the reply may be lost with them.",
                "Logo atrás da resposta vem RST e não FIN: bytes foram jogados fora sem ler, e a resposta pode se perder com eles.")),
    };

    private static string Unread(FindingFacts f) => f.With(FactName.LostBytes, " (# unread)", " (# por ler)");
}
