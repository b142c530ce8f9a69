using System.Net;
using System.Runtime.InteropServices;
using CsCheck;
using Trama.Processes.Sockets;

namespace Trama.Processes.Tests.Sockets;

public class NetlinkMessagesTests
{
    private static readonly Gen<IPAddress> Address = Gen.OneOf(Gen.Byte.Array[4], Gen.Byte.Array[16]).Select(bytes => new IPAddress(bytes))
        .Where(address => !address.IsIPv4MappedToIPv6);

    private static readonly Gen<IPEndPoint> Endpoint = Gen.Select(Address, Gen.UShort, (address, port) => new IPEndPoint(address, port));

    private static readonly Gen<TcpSocket> Socket =
        from local in Endpoint
        from peer in Endpoint.Where(peer => peer.AddressFamily == local.AddressFamily)
        from state in Gen.Int[1, 11]
        from numbers in Gen.UInt.Array[8]
        from cookie in Gen.ULong
        from cgroup in Gen.ULong[1, ulong.MaxValue].Nullable()
        select new TcpSocket
        {
            Local = local,
            Peer = peer,
            State = (TcpSocketState)state,
            Inode = numbers[0],
            User = numbers[1],
            Cookie = cookie,
            Device = numbers[2],
            ReceiveQueue = numbers[3],
            SendQueue = numbers[4],
            Timer = (SocketTimer)(numbers[5] % 5),
            TimerMs = numbers[6],
            TimerRuns = (byte)numbers[7],
            Cgroup = cgroup,
        };

    [Fact]
    public void Sockets_are_read_as_they_were_written() => Socket.Array[0, 6].Sample(sockets =>
    {
        byte[] bytes = [.. sockets.SelectMany(socket => Message(DiagRequest.ListType, Body(socket)))];
        Assert.Equal(sockets, Read(bytes));
    });

    [Fact]
    public void What_is_cut_off_is_no_socket() => Gen.Select(Socket.Array[1, 3], Gen.Double[0, 1]).Sample((sockets, part) =>
    {
        byte[][] messages = [.. sockets.Select(socket => Message(DiagRequest.ListType, Body(socket)))];
        byte[] bytes = [.. messages.SelectMany(message => message)];
        int length = (int)(bytes.Length * part), whole = 0;
        for (int end = 0; whole < messages.Length && (end += messages[whole].Length) <= length;) whole++;
        Assert.Equal(sockets[..whole], Read(bytes.AsSpan(0, length)));
    });

    [Fact]
    public void No_bytes_are_too_strange()
    {
        Gen.Byte.Array[0, 300].Sample(bytes => Read(bytes).Count <= bytes.Length / NetlinkMessages.HeaderLength);
        Gen.Byte.Array[0, 300].Sample(bytes =>
            DiagReply.TryRead(bytes, out TcpSocket socket) ? socket.Local.Port >= 0 : bytes.Length >= 0);
        // A socket whose attributes are anything.
        Gen.Select(Socket, Gen.Byte.Array[0, 300]).Sample((socket, rest) =>
        {
            Assert.True(DiagReply.TryRead([.. Body(socket).AsSpan(0, DiagReply.Length), .. rest], out TcpSocket read));
            Assert.Equal((socket.Local, socket.Peer, socket.Inode), (read.Local, read.Peer, read.Inode));
        });
    }

    [Fact]
    public void Counters_that_a_kernel_lacks_are_unknown()
    {
        byte[] info = new byte[240];
        for (int i = 0; i < info.Length; i++) info[i] = 1;
        for (int length = 0; length <= info.Length; length++)
        {
            TcpFigures? figures = TcpInfo.Read(info.AsSpan(0, length));
            Assert.Equal(length >= 104, figures is not null);
            Assert.Equal(length >= 136, figures?.BytesReceived is not null);
            Assert.Equal(length >= 232, figures?.PeerWindow is not null);
        }
    }

    [Fact]
    public void A_socket_of_both_families_tells_of_ipv4()
    {
        var socket = new TcpSocket
        {
            Local = new IPEndPoint(IPAddress.Parse("::ffff:10.0.0.1"), 80),
            Peer = new IPEndPoint(IPAddress.Parse("::ffff:10.0.0.2"), 90)
        };
        Assert.True(DiagReply.TryRead(Body(socket), out TcpSocket read));
        Assert.Equal("10.0.0.1:80", read.Local.ToString());
    }

    private static List<TcpSocket> Read(ReadOnlySpan<byte> bytes)
    {
        var read = new List<TcpSocket>();
        var messages = new NetlinkMessages(bytes);
        while (messages.TryTake(out NetlinkMessage message))
        {
            if (message.Type == DiagRequest.ListType && DiagReply.TryRead(message.Payload, out TcpSocket socket)) read.Add(socket);
            _ = message.ErrorNumber;
        }

        return read;
    }

    private static byte[] Message(ushort type, byte[] body)
    {
        byte[] message = new byte[NetlinkMessages.Aligned(NetlinkMessages.HeaderLength + body.Length)];
        MemoryMarshal.Write(message, NetlinkMessages.HeaderLength + body.Length);
        MemoryMarshal.Write(message.AsSpan(4), type);
        body.CopyTo(message, NetlinkMessages.HeaderLength);
        return message;
    }

    private static byte[] Body(TcpSocket socket)
    {
        byte[] body = new byte[DiagReply.Length + (socket.Cgroup is null ? 0 : 12)];
        body[0] = socket.Local.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? DiagIdentity.Ipv4 : DiagIdentity.Ipv6;
        body[1] = (byte)socket.State;
        body[2] = (byte)socket.Timer;
        body[3] = socket.TimerRuns;
        new DiagIdentity(socket.Local, socket.Peer, socket.Device, socket.Cookie).Write(body.AsSpan(4));
        (int At, uint Value)[] words =
            [(52, socket.TimerMs), (56, socket.ReceiveQueue), (60, socket.SendQueue), (64, socket.User), (68, socket.Inode)];
        foreach ((int at, uint value) in words) MemoryMarshal.Write(body.AsSpan(at), value);
        if (socket.Cgroup is not { } cgroup) return body;
        MemoryMarshal.Write(body.AsSpan(72), (ushort)12);
        MemoryMarshal.Write(body.AsSpan(74), (ushort)21);
        MemoryMarshal.Write(body.AsSpan(76), cgroup);
        return body;
    }
}
