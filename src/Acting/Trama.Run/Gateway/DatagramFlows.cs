using Trama.Namespaces;
using Trama.Packets.Transport;
using Trama.Run.Native;

namespace Trama.Run.Gateway;

/// <summary>All that the command says by UDP.</summary>
internal sealed class DatagramFlows(InsideLink link, Readiness readiness) : IDisposable
{
    private const int MostFlows = 1024;

    private readonly Dictionary<(Endpoint, Endpoint), Datagrams> _flows = [];
    private readonly Dictionary<long, Datagrams> _byTag = [];

    /// <summary>The command sent a datagram.</summary>
    public void Take(in Datagram datagram, ReadOnlySpan<byte> packet, ref long lastTag)
    {
        (Endpoint, Endpoint) key = (datagram.Source, datagram.Destination);
        if (!_flows.TryGetValue(key, out Datagrams? flow))
        {
            if (_flows.Count >= MostFlows / 2) ForgetIdle();
            if (_flows.Count >= MostFlows || Datagrams.Open(link, datagram, packet) is not { } made) return;
            _flows[key] = flow = made;
            _byTag[++lastTag] = flow;
            readiness.Watch(flow.Socket.SafeHandle, lastTag);
        }

        flow.Hear(datagram.Payload, packet);
    }

    /// <summary>The socket with this tag can go on.</summary>
    public void Notice(long tag, byte[] scratch)
    {
        if (_byTag.TryGetValue(tag, out Datagrams? flow)) flow.Notice(scratch);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Datagrams flow in _flows.Values) flow.Dispose();
    }

    private void ForgetIdle()
    {
        long now = Clock.Now;
        foreach ((long tag, Datagrams flow) in _byTag.Where(pair => pair.Value.IsIdle(now)).ToArray())
        {
            _byTag.Remove(tag);
            _flows.Remove((flow.Client, flow.Server));
            flow.Dispose();
        }
    }
}
