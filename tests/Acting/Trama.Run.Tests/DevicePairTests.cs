using System.Net;
using System.Net.Sockets;
using Trama.Namespaces;
using Trama.Namespaces.Native;
using Trama.Packets.Building;
using Trama.Packets.Network;
using Trama.Run.Gateway;

namespace Trama.Run.Tests;

public class DevicePairTests
{
    private const int Port = 4000;

    [Theory]
    [InlineData(10)]
    [InlineData(9_000)]
    [InlineData(16_400)]
    [InlineData(60_000)]
    public void What_is_sent_within_comes_whole_and_what_is_written_arrives(int length)
    {
        byte[] payload = [.. Enumerable.Range(0, length).Select(i => (byte)i)];
        byte[] packet = new byte[IDeviceEnd.LargestPacket];
        Within(end =>
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 5000 };
            socket.Connect(IPAddress.Parse("192.0.2.9"), Port);
            socket.Send(payload);
            int count = Read(end, packet);
            Assert.True(Datagram.TryRead(packet.AsSpan(0, count), out Datagram datagram));
            Assert.Equal((Port, payload.Length), (datagram.Destination.Port, datagram.Payload.Length));
            Assert.Equal(payload, datagram.Payload.ToArray());
            // Where the kernel left the sum to the device, this one would not be right.
            ReadOnlySpan<byte> udp = packet.AsSpan(20, count - 20);
            Assert.Equal(0, PacketBuilder.PseudoHeader(datagram.Source.Address, datagram.Destination.Address, IpProtocol.Udp, udp.Length).Add(udp).Value);

            // Back to the sender: addresses and ports change places, which changes no sum.
            Swap(packet.AsSpan(12), 4);
            Swap(packet.AsSpan(20), 2);
            Assert.True(end.Write(packet.AsSpan(0, count)));
            byte[] answer = new byte[IDeviceEnd.LargestPacket];
            Assert.Equal(length, socket.Receive(answer));
            Assert.Equal(payload, answer[..length]);
        });
    }

    [Fact]
    public void A_burst_waits_and_keeps_its_order()
    {
        byte[] packet = new byte[IDeviceEnd.LargestPacket];
        Within(end =>
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(IPAddress.Parse("192.0.2.9"), Port);
            // Twice around the ring, and no more at once than it holds.
            for (int round = 0; round < 4; round++)
            {
                for (int i = 0; i < 1000; i++) socket.Send(BitConverter.GetBytes(i));
                for (int i = 0; i < 1000; i++)
                {
                    Assert.True(Datagram.TryRead(packet.AsSpan(0, Read(end, packet)), out Datagram datagram));
                    Assert.Equal(i, BitConverter.ToInt32(datagram.Payload));
                }
            }
        });
    }

    [Fact]
    public void What_finds_no_room_is_counted_once()
    {
        const int sent = 5000;
        byte[] packet = new byte[IDeviceEnd.LargestPacket];
        Within(end =>
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(IPAddress.Parse("192.0.2.9"), Port);
            Assert.Equal(0, end.Lost);
            for (int i = 0; i < sent; i++) socket.Send(BitConverter.GetBytes(i));
            long lost = end.Lost;
            Assert.Equal(lost, end.Lost);
            int came = 0;
            for (int count; (count = end.Read(packet)) > 0;)
                if (Datagram.TryRead(packet.AsSpan(0, count), out _)) came++;
            // The kernel itself says a few things too, which may be lost as well.
            Assert.InRange(came + lost, sent, sent + 20);
            Assert.InRange(lost, 1, sent);
        });
    }

    private static int Read(IDeviceEnd end, byte[] packet)
    {
        // The kernel itself says something too, to other IPv6 hosts.
        int count = 0;
        Assert.True(SpinWait.SpinUntil(() => (count = end.Read(packet)) > 0 && Datagram.TryRead(packet.AsSpan(0, count), out _),
            TimeSpan.FromSeconds(5)), "nothing came");
        return count;
    }

    private static void Swap(Span<byte> bytes, int length)
    {
        byte[] first = bytes[..length].ToArray();
        bytes[length..(2 * length)].CopyTo(bytes);
        first.CopyTo(bytes[length..]);
    }

    // In a network of its own, in which a thread stays.
    private static void Within(Action<IDeviceEnd> test)
    {
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                using NetworkNamespace network = NetworkNamespace.Create();
                using var end = new DevicePair(DevicePair.Create("pair0"));
                DeviceSetup.BringUp("pair0");
                DeviceSetup.Connect("pair0", IPAddress.Parse("192.0.2.1"));
                test(end);
            }
            catch (Exception error)
            {
                failure = error;
            }
        });
        thread.Start();
        thread.Join();
        if (failure is NamespaceException { Failure: NamespaceFailure.NotPermitted }) Assert.Skip($"needs root: {failure.Message}");
        if (failure is not null) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
    }
}
