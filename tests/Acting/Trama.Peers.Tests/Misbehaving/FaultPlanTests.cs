using System.Net.Sockets;
using Trama.Peers.Misbehaving;
using Trama.Peers.Transports;

namespace Trama.Peers.Tests.Misbehaving;

public class FaultPlanTests
{
    [Fact]
    public void Faults_of_TCP_leave_a_socket_without_TCP_as_it_is()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        using ITransport plain = Transport.Over(socket);
        FaultPlan plan = new() { Nagle = true, PacketLoss = 1 };
        using ITransport faulty = FaultPlan.Apply([plan], plain, TimeProvider.System);
        Assert.NotSame(plain, faulty);
    }
}
