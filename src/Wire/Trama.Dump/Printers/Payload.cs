namespace Trama.Dump.Printers;

/// <summary>What a layer carries, for the printer of what it carries.</summary>
/// <param name="bytes">The captured bytes.</param>
/// <param name="length">Their length on the wire, as the layer around them claims it.</param>
internal readonly ref struct Payload(PacketBytes bytes, int length)
{
    /// <summary>The captured bytes.</summary>
    public PacketBytes Bytes { get; } = bytes;

    /// <summary>Their length on the wire, as the layer around them claims it.</summary>
    public int Length { get; } = length;

    /// <summary>The IP header around them; empty where IP is not what carries them.</summary>
    public IpEnvelope Ip { get; init; }

    /// <summary>The sender's port; 0 where they came without ports.</summary>
    public ushort SourcePort { get; init; }

    /// <summary>The receiver's port; 0 where they came without ports.</summary>
    public ushort DestinationPort { get; init; }
}
