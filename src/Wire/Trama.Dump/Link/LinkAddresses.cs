namespace Trama.Dump.Link;

/// <summary>The addresses at the start of an Ethernet frame, for printers that show them; empty below other link layers.</summary>
internal readonly ref struct LinkAddresses(PacketBytes bytes)
{
    /// <summary>The two addresses, receiver's first; empty when there are none.</summary>
    public PacketBytes Bytes { get; } = bytes;

    /// <summary>Whether the link layer has no such addresses.</summary>
    public bool IsEmpty => Bytes.Length == 0;
}
