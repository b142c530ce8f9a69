using Trama.Packets;

namespace Trama.Cli.Commands.Running;

/// <summary>A copy of a packet.</summary>
internal sealed class HeldPacket(in Record record)
{
    private readonly byte[] _bytes = record.Bytes.ToArray();
    private readonly Timestamp _timestamp = record.Timestamp;
    private readonly LinkType _linkType = record.LinkType;
    private readonly int _originalLength = record.OriginalLength, _interface = record.InterfaceId;

    /// <summary>The packet.</summary>
    public Record Record => new(_timestamp, _linkType, _bytes, _originalLength, _interface);
}
