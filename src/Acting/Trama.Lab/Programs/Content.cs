using System.Buffers.Binary;
using System.Text;

namespace Trama.Lab.Programs;

/// <summary>How the messages of a connection say where they end.</summary>
internal enum Format
{
    /// <summary>Text lines, each ended by LF.</summary>
    Lines,

    /// <summary>Four bytes of length in network order, then text.</summary>
    LengthPrefix,

    /// <summary>Four bytes of length in network order, then bytes of any value.</summary>
    Binary,

    /// <summary>Text with nothing around it: who speaks next shows where it ends.</summary>
    Turns,
}

/// <summary>Makes messages of a wanted length.</summary>
internal sealed class Content(Format format, Dice dice)
{
    private const int PrefixLength = 4;

    private static readonly string[] Sentences =
    [
        "Olá, servidor!", "The pump in hall four runs at 1480 rpm.", "Pedido 7731: duas caixas de parafusos.",
        "temperature=21.5 humidity=40",
        "estado da caldeira: 3,2 bar;", "A medição terminou sem avisos.", "status ok, queue empty", "Ação concluída às três horas.",
        "id=4411;level=warn;text=disk",
    ];

    /// <summary>A message of so many bytes, framing included; at least six.</summary>
    public byte[] Make(int length)
    {
        byte[] message = new byte[length];
        int start = format is Format.LengthPrefix or Format.Binary ? PrefixLength : 0;
        int end = format == Format.Lines ? length - 1 : length;
        if (format == Format.Binary) dice.Fill(message.AsSpan(start, end - start));
        else Text(message.AsSpan(start, end - start));
        if (start > 0) BinaryPrimitives.WriteInt32BigEndian(message, length - PrefixLength);
        if (end < length) message[^1] = (byte)'\n';
        return message;
    }

    private void Text(Span<byte> room)
    {
        while (room.Length > 0)
        {
            byte[] sentence = Encoding.UTF8.GetBytes(dice.Pick<string>(Sentences) + " ");
            // A character is not cut in two: what does not fit is filled with dots.
            if (sentence.Length > room.Length)
            {
                room.Fill((byte)'.');
                return;
            }

            sentence.CopyTo(room);
            room = room[sentence.Length..];
        }
    }
}
