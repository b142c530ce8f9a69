namespace Trama.Processes.Sockets;

/// <summary>One message of netlink(7); a view.</summary>
/// <param name="type">What it is.</param>
/// <param name="sequence">The number of the question that it answers.</param>
/// <param name="payload">What follows its header.</param>
internal readonly ref struct NetlinkMessage(ushort type, uint sequence, ReadOnlySpan<byte> payload)
{
    /// <summary>An error, or the acknowledgement of a question (errno 0).</summary>
    public const ushort Error = 2;

    /// <summary>The end of a list.</summary>
    public const ushort Done = 3;

    /// <summary>What it is.</summary>
    public ushort Type { get; } = type;

    /// <summary>The number of the question that it answers.</summary>
    public uint Sequence { get; } = sequence;

    /// <summary>What follows its header.</summary>
    public ReadOnlySpan<byte> Payload { get; } = payload;

    /// <summary>The errno of an error, positive; 0 for none.</summary>
    public int ErrorNumber => Payload.Length < sizeof(int) ? 0 : Math.Abs(System.Runtime.InteropServices.MemoryMarshal.Read<int>(Payload));
}
