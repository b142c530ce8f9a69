namespace Trama.Dump.Link;

/// <summary>Prints logical link control, IEEE 802.2.</summary>
internal static class LlcPrinter
{
    /// <summary>Prints an LLC header and what it carries.</summary>
    /// <returns>The length of the header, negated when what it carries has no printer.</returns>
    public static int Print(Dissection d, PacketBytes bytes, int length, LinkAddresses frame)
    {
        d.Protocol = "llc";
        d.Truncated();
        return 0;
    }
}
