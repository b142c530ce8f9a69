using System.Collections.Concurrent;
using Trama.Lab.Hosts;
using Trama.Namespaces;
using Trama.Namespaces.Native;

namespace Trama.Lab.Paths;

/// <summary>The thread between the two hosts' devices: it carries packets over the wire and captures at both ends, by one clock.</summary>
internal sealed class Link : IDisposable
{
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(20);

    private readonly TunDevice[] _devices;
    private readonly HostCapture[] _captures;
    private readonly bool[] _gone = new bool[2];
    private readonly ConcurrentQueue<Direction> _vanished = [];
    private readonly byte[] _packet = new byte[IDeviceEnd.LargestPacket];
    private readonly Thread _thread;
    private volatile bool _stopping;

    /// <summary>Starts to carry packets.</summary>
    /// <param name="wire">The path.</param>
    /// <param name="client">The client's host.</param>
    /// <param name="server">The server's host.</param>
    /// <param name="clientCapture">The capture at the client's host.</param>
    /// <param name="serverCapture">The capture at the server's host.</param>
    public Link(Wire wire, Host client, Host server, HostCapture clientCapture, HostCapture serverCapture)
    {
        Wire = wire;
        _devices = [client.Device, server.Device];
        _captures = [clientCapture, serverCapture];
        _thread = new Thread(Carry) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>The path.</summary>
    public Wire Wire { get; }

    /// <summary>Cuts a host off as if it had lost its power: nothing comes from it, nothing reaches it, its capture ends.</summary>
    /// <param name="sender">The direction in which the host sends.</param>
    public void Vanish(Direction sender)
    {
        Volatile.Write(ref _gone[(int)sender], true);
        _vanished.Enqueue(sender);
    }

    /// <summary>Ends; packets still on their way are lost.</summary>
    public void Stop()
    {
        _stopping = true;
        _thread.Join();
    }

    /// <inheritdoc/>
    public void Dispose() => Stop();

    private void Carry()
    {
        while (!_stopping)
        {
            TimeSpan wait = Wire.NextDue is { } due ? TimeSpan.FromTicks(
                Math.Clamp((due - Clock.Now) / TimeSpan.NanosecondsPerTick, 0, Idle.Ticks)) : Idle;
            Collect(wait);
            while (Wire.TryTake(Clock.Now, out Delivery delivery))
            {
                // What a host has sent by now it sent before this arrives.
                Collect(TimeSpan.Zero);
                Arrive(delivery);
            }

            while (_vanished.TryDequeue(out Direction sender)) Wire.Events.Add(new LinkEvent(Clock.Now, "vanish", sender));
            while (Wire.TryTakeOriginated(out Delivery packet)) SetOut(packet.Direction, packet.Packet);
        }
    }

    private void Collect(TimeSpan wait)
    {
        while (true)
        {
            (bool client, bool server) = TunDevice.Wait(_devices[0], _devices[1], wait);
            if (client) Take(Direction.ToServer);
            if (server) Take(Direction.ToClient);
            if (!client && !server) return;
            wait = TimeSpan.Zero;
        }
    }

    private void Take(Direction direction)
    {
        int length = _devices[(int)direction].Read(_packet);
        if (length <= 0 || IsGone(direction)) return;
        SetOut(direction, _packet.AsSpan(0, length));
    }

    private void SetOut(Direction direction, ReadOnlySpan<byte> packet)
    {
        long now = Clock.Now;
        if (Wire.Accept(direction, packet, now)) _captures[(int)direction].Write(packet, sent: true, now);
    }

    private void Arrive(Delivery delivery)
    {
        Direction host = delivery.Direction.Back();
        if (IsGone(host)) return;
        _captures[(int)host].Write(delivery.Packet, sent: false, Clock.Now);
        if (!delivery.Refused) _devices[(int)host].Write(delivery.Packet);
    }

    private bool IsGone(Direction sender) => Volatile.Read(ref _gone[(int)sender]);
}
