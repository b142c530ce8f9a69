using Trama.Tracing.Findings;

namespace Trama.Reports.Findings.Words;

/// <summary>About messages that do not arrive as they were meant.</summary>
internal static class MessageWords
{
    public static string Text(in FindingFacts f) => f.Id switch
    {
        FindingId.MessageSplit => f.Say("The server took a part of a request for all of it", "O servidor tomou uma parte de um pedido por ele todo") + Part(f)
            + f.Say(" and answered it; the rest counted as another request.", " e respondeu; o resto contou como outro pedido."),
        FindingId.MessagesCoalesced => f.Counted(FactName.Count, ("# request got no reply of its own", "# requests got no reply of their own"), ("# pedido ficou sem resposta própria", "# pedidos ficaram sem resposta própria"))
            + (f.Finding[FactName.Count] is null ? f.Say("Requests got no reply of their own", "Pedidos ficaram sem resposta própria") : "")
            + f.Say(": they arrived together with another, and the server took them for one.", ": chegaram junto com outro, e o servidor os tomou por um só."),
        _ => f.Say(
            $"The {f.Sender} sent bytes that are no valid UTF-8 where text was spoken before", $"O {f.Sender} enviou bytes que não são UTF-8 válido onde antes se falava texto") + ".",
    };

    public static string Next(in FindingFacts f) => f.Id switch
    {
        FindingId.MessageSplit => f.Say(
            "let the server read until a message is whole: a line end, or a length in front. One recv() is not one message.", "faça o servidor ler até a mensagem estar inteira: um fim de linha, ou um tamanho na frente. Um recv() não é uma mensagem."),
        FindingId.MessagesCoalesced => f.Say(
            "let the server take every whole message out of what it has read, and answer each.", "faça o servidor tirar do que leu todas as mensagens inteiras, e responder a cada uma."),
        _ => f.Say(
            "look at the bytes with trama follow --hex: another character set, or a character cut in two?", "veja os bytes com trama follow --hex: outro conjunto de caracteres, ou um caractere cortado ao meio?"),
    };

    private static string Part(in FindingFacts f) =>
        f.With(FactName.Bytes, " (its first #)", " (os primeiros #)");
}
