using System.Net.Sockets;
using System.Text;
using Trama.Peers.Transports;

namespace Trama.Peers.Tests.Misbehaving;

/// <summary>Keeps what is sent, write by write; the system takes all of it.</summary>
internal sealed class RecordingTransport : ITransport
{
    public List<byte[]> Writes { get; } = [];

    public string Sent => Encoding.UTF8.GetString([.. Writes.SelectMany(bytes => bytes)]);

    public bool IsReset { get; private set; }

    public Socket Socket => throw new NotSupportedException();

    public ValueTask OpenAsync() => default;

    public ValueTask ReadableAsync() => default;

    public ValueTask<int> ReceiveAsync(Memory<byte> buffer) => new(buffer.Length);

    public ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes)
    {
        Writes.Add(bytes.ToArray());
        return new(bytes.Length);
    }

    public ValueTask EndAsync() => default;

    public void Wake()
    {
    }

    public void Shutdown(SocketShutdown how)
    {
    }

    public void Abort() => IsReset = true;

    public void Dispose()
    {
    }
}
