using System.Buffers.Text;

namespace Trama.Processes.Native;

/// <summary>What a descriptor's link says of a socket: <c>socket:[12345]</c> (proc_pid_fd(5)).</summary>
internal static class SocketLink
{
    /// <summary>Room for such a link.</summary>
    public const int Room = 32;

    /// <summary>The number of the socket's file; false when the link leads elsewhere.</summary>
    public static bool TryParse(ReadOnlySpan<byte> link, out uint inode)
    {
        inode = 0;
        if (!link.StartsWith("socket:["u8) || link[^1] != (byte)']') return false;
        ReadOnlySpan<byte> digits = link["socket:["u8.Length..^1];
        return Utf8Parser.TryParse(digits, out inode, out int used) && used == digits.Length;
    }
}
