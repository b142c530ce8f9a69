namespace Trama.Fleet.Headers;

/// <summary>The latest headers of each flow, by which the next ones are told in few bytes.</summary>
/// <param name="flows">How many flows have a place.</param>
internal sealed class FlowHeaders(int flows)
{
    private const int Place = PayloadNote.MaxBytes + HeaderBlock.MaxHeader;

    private readonly byte[] _latest = new byte[flows * Place];

    /// <summary>Turns headers into how they differ from the latest of their flow, or back, and keeps them.</summary>
    /// <param name="flow">The flow's place.</param>
    /// <param name="bytes">What is noted of the payload, and the headers; or how they differ.</param>
    /// <param name="noted">How many bytes are noted of the payload.</param>
    /// <param name="isWritten">Whether they are the headers.</param>
    public void Change(int flow, Span<byte> bytes, int noted, bool isWritten)
    {
        // Each has a place of its own: packets without payload come between those with.
        Span<byte> latest = _latest.AsSpan(flow * Place, Place);
        Change(latest, bytes[..noted], isWritten);
        Change(latest[PayloadNote.MaxBytes..], bytes[noted..], isWritten);
    }

    /// <summary>Forgets all.</summary>
    public void Clear() => Array.Clear(_latest);

    private static void Change(Span<byte> latest, Span<byte> bytes, bool isWritten)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            byte other = latest[i];
            latest[i] = isWritten ? bytes[i] : (byte)(bytes[i] ^ other);
            bytes[i] ^= other;
        }
    }
}
