using System.Runtime.InteropServices;

namespace Trama.Processes.Sockets;

/// <summary>
/// The messages in what came from netlink(7), in the byte order of this machine. A length that contradicts the bytes ends them.
/// </summary>
internal ref struct NetlinkMessages(ReadOnlySpan<byte> bytes)
{
    /// <summary>The bytes of a header: length, type, flags, sequence number, port.</summary>
    public const int HeaderLength = 16;

    private const int TypeAt = 4;
    private const int SequenceAt = 8;

    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Takes the next message; false when there is none.</summary>
    public bool TryTake(out NetlinkMessage message)
    {
        message = default;
        if (_rest.Length < HeaderLength) return false;
        uint length = MemoryMarshal.Read<uint>(_rest);
        if (length < HeaderLength || length > _rest.Length) return false;
        message = new NetlinkMessage(
            MemoryMarshal.Read<ushort>(_rest[TypeAt..]),
            MemoryMarshal.Read<uint>(_rest[SequenceAt..]),
            _rest[HeaderLength..(int)length]);
        _rest = _rest[Math.Min(_rest.Length, Aligned((int)length))..];
        return true;
    }

    /// <summary>A length with what fills it up to whole words.</summary>
    public static int Aligned(int length) => (length + 3) & ~3;
}
