using System.Runtime.InteropServices;

namespace Trama.Processes.Sockets;

/// <summary>The attributes in a message of netlink(7). A length that contradicts the bytes ends them.</summary>
internal ref struct NetlinkAttributes(ReadOnlySpan<byte> bytes)
{
    private const int HeaderLength = 4;

    // The two upper bits are flags.
    private const ushort TypeMask = 0x3fff;

    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Takes the next attribute; false when there is none.</summary>
    public bool TryTake(out ushort type, out ReadOnlySpan<byte> value)
    {
        type = 0;
        value = default;
        if (_rest.Length < HeaderLength) return false;
        ushort length = MemoryMarshal.Read<ushort>(_rest);
        if (length < HeaderLength || length > _rest.Length) return false;
        type = (ushort)(MemoryMarshal.Read<ushort>(_rest[2..]) & TypeMask);
        value = _rest[HeaderLength..length];
        _rest = _rest[Math.Min(_rest.Length, NetlinkMessages.Aligned(length))..];
        return true;
    }
}
