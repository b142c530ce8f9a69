namespace Trama.Framing.Amqp;

/// <summary>What a client says first, and a server that does not speak it in answer: which protocol it wants to speak.</summary>
internal static class AmqpVersion
{
    /// <summary>Its length.</summary>
    public const int Size = 8;

    private static readonly byte[] Version091 = [.. "AMQP"u8, 0, 0, 9, 1];
    private static readonly byte[] Version09 = [.. "AMQP"u8, 1, 1, 0, 9];

    /// <summary>That of 0-9-1.</summary>
    public static ReadOnlySpan<byte> Header => Version091;

    /// <summary>That of 0-9, whose frames are the same.</summary>
    public static ReadOnlySpan<byte> Before => Version09;

    /// <summary>Writes the version of a header.</summary>
    public static void Write(ReadOnlySpan<byte> header, ref ShortText text)
    {
        text.Add("Protocol-Header "u8);
        // The versions before 0-9-1 have their class and instance first.
        int at = header[4] == 1 ? 6 : 5;
        for (int i = at; i < Size; i++)
        {
            if (i > at) text.Add("-"u8);
            text.Add(header[i]);
        }
    }
}
