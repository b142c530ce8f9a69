using Trama.Packets;
using Trama.Tracing;

namespace Trama.Cli.Capturing;

/// <summary>A copy of a packet.</summary>
internal sealed class HeldPacket(in Record record)
{
    private readonly byte[] _bytes = record.Bytes.ToArray();
    private readonly Timestamp _timestamp = record.Timestamp;
    private readonly LinkType _linkType = record.LinkType;
    private readonly int _originalLength = record.OriginalLength, _interface = record.InterfaceId;

    /// <summary>Tells whose a side of its connection is, as it was asked when the packet came; null for no connection.</summary>
    public Func<Side, SideProcess?>? Owner { get; init; }

    /// <summary>How many bytes of it there are.</summary>
    public int Length => _bytes.Length;

    /// <summary>When it was captured.</summary>
    public Timestamp CapturedAt => _timestamp;

    /// <summary>The packet.</summary>
    public Record Record => new(_timestamp, _linkType, _bytes, _originalLength, _interface);
}
