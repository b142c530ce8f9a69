namespace Trama.Scrubbing.Fields;

/// <summary>What proves who logs on in FIX (FIX 4.4, Logon): tags 96, 554 and 925.</summary>
internal static class FixFields
{
    private const byte Separator = 1;

    private static readonly byte[][] Tags = [[.. "554="u8], [.. "925="u8], [.. "96="u8]];

    /// <summary>Notes them.</summary>
    public static void Read(MessageFields message)
    {
        foreach (Range range in message.Bytes.Split(Separator))
        {
            (int from, int length) = range.GetOffsetAndLength(message.Bytes.Length);
            foreach (ReadOnlySpan<byte> tag in (ReadOnlySpan<byte[]>)Tags)
                if (message.Bytes.Slice(from, length).StartsWith(tag)) message.Secret(from + tag.Length, length - tag.Length);
        }
    }
}
