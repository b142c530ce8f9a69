using System.Runtime.InteropServices;
using System.Text;

namespace Trama.Processes.Sockets;

/// <summary>Questions about connected Unix sockets and their answers (linux/unix_diag.h).</summary>
internal static class UnixDiag
{
    /// <summary>The bytes of <c>struct unix_diag_req</c> behind a netlink header.</summary>
    public const int Length = NetlinkMessages.HeaderLength + 24;

    private const byte Family = 1;
    private const int StatesAt = NetlinkMessages.HeaderLength + 4;
    private const int ShownAt = NetlinkMessages.HeaderLength + 12;
    private const uint Connected = 1 << 1;
    private const uint WithName = 1, WithPeer = 4;

    private const int AnswerLength = 16, InodeAt = 4;
    private const ushort Name = 0, Peer = 2;

    /// <summary>Asks for every connected one, with its name and its peer.</summary>
    public static void All(uint sequence, Span<byte> request)
    {
        DiagRequest.BeginList(request[..Length], sequence);
        request[NetlinkMessages.HeaderLength] = Family;
        MemoryMarshal.Write(request[StatesAt..], Connected);
        MemoryMarshal.Write(request[ShownAt..], WithName | WithPeer);
    }

    /// <summary>Reads an answer; false when it is of no socket with a path.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, out UnixConnection connection)
    {
        connection = default;
        if (message.Length < AnswerLength || message[0] != Family) return false;
        (string? path, uint peer) = (null, 0);
        var attributes = new NetlinkAttributes(message[AnswerLength..]);
        while (attributes.TryTake(out ushort type, out ReadOnlySpan<byte> value))
        {
            // An abstract name begins with a zero.
            if (type == Name && !value.IsEmpty && value[0] != 0) path = Encoding.UTF8.GetString(value.TrimEnd((byte)0));
            else if (type == Peer && value.Length >= sizeof(uint)) peer = MemoryMarshal.Read<uint>(value);
        }

        if (path is null) return false;
        connection = new UnixConnection(MemoryMarshal.Read<uint>(message[InodeAt..]), peer, path);
        return true;
    }
}
