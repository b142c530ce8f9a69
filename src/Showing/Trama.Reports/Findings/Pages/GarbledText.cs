using Trama.Diagnosis;

namespace Trama.Reports.Findings.Pages;

/// <summary>What is said of <see cref="FindingId.GarbledText"/>.</summary>
internal static class GarbledText
{
    public static FindingPage Page { get; } = new(FindingId.GarbledText)
    {
        Label = ("text that is none", "texto que não é texto"),
        Text = static f => f.Say(
            $"The {f.Sender} sent bytes that are no valid UTF-8 where text was spoken before",
            $"O {f.Sender} enviou bytes que não são UTF-8 válido onde antes se falava texto") + ".",
        Advice = static f => f.Say(
            "look at the bytes with trama follow --hex: another character set, or a character cut in two?",
            "veja os bytes com trama follow --hex: outro conjunto de caracteres, ou um caractere cortado ao meio?"),
        What = (
            """
            Bytes that should be text are none: where text was spoken before, a message holds bytes that are no valid UTF-8.
            """,
            """
            Bytes que deveriam ser texto não são: onde antes se falava texto, uma mensagem traz bytes que não são UTF-8 válido.
            """),
        How = (
            """
            TCP delivers bytes as they were written, so a program wrote them so: in another character set (ISO 8859-1 writes á
            as one byte, E1), cut in the middle of a character, since one of them may take up to four bytes, or binary data
            under a text protocol. TLS or compression that begins in the middle looks like this too.
            """,
            """
            O TCP entrega os bytes como foram escritos, então um programa os escreveu assim: em outro conjunto de caracteres
            (ISO 8859-1 escreve á num byte, E1), cortados no meio de um caractere, pois um só pode ocupar até quatro bytes, ou
            dados binários num protocolo de texto. TLS ou compressão que começa no meio também tem essa cara.
            """),
        Try = ["trama serve --keep-open --echo", "for word in one two three 'Ol\\341'; do printf \"$word\\n\"; sleep 1; done | trama "
            + "send localhost:5000"],
        Cure = (
            """
            Agree on UTF-8 and name it on both sides where strings become bytes. Decode whole messages, or with a decoder that
            keeps an unfinished character for the next bytes. "trama follow FILE --hex" shows the very bytes.
            """,
            """
            Combinem UTF-8 e o nomeiem dos dois lados, onde textos viram bytes. Decodifique mensagens inteiras, ou com um
            decodificador que guarde um caractere incompleto para os próximos bytes. "trama follow ARQUIVO --hex" mostra os
            próprios bytes.
            """),
        See = "RFC 3629",
        Lesson = null,
    };
}
