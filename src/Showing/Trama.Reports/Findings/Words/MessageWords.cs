using Trama.Diagnosis;

namespace Trama.Reports.Findings.Words;

/// <summary>About messages that do not arrive as they were meant.</summary>
internal static class MessageWords
{
    public static string Text(in FindingFacts f) => f.Id switch
    {
        FindingId.MessageSplit => f.Say("The server took a part of a request for all of it and answered; the rest counted as another request", "O servidor tomou uma parte de um pedido por ele todo e respondeu; o resto contou como outro pedido")
            + f.With(FactName.Total, ". Requests: #", ". Pedidos: #") + f.With(FactName.Count, ", replies: #", ", respostas: #") + ".",
        FindingId.MessagesCoalesced => f.Say("Several requests arrived together and the server took them for one; the later ones got no reply", "Vários pedidos chegaram juntos e o servidor os tomou por um só; os últimos ficaram sem resposta")
            + f.With(FactName.Total, ". Requests: #", ". Pedidos: #") + f.With(FactName.Count, ", replies: #", ", respostas: #") + ".",
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
}
