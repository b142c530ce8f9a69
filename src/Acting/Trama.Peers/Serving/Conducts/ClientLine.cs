using System.Buffers;

namespace Trama.Peers.Serving.Conducts;

/// <summary>The line to one client of a server. One may read and one may send at the same time; what breaks it are the exceptions of
/// <see cref="Transports.ITransport"/>.</summary>
public sealed class ClientLine
{
    private byte[] _buffer = [];
    private long _held;

    internal ClientLine(ServerConnection connection)
    {
        var gone = new CancellationTokenSource();
        (Connection, Gone) = (connection, gone.Token);
        connection.GivesUpBy(gone.Cancel);
    }

    /// <summary>The connection.</summary>
    public ServerConnection Connection { get; }

    /// <summary>Signalled when nobody listens any more.</summary>
    public CancellationToken Gone { get; }

    /// <summary>Whether the server was asked to stop, or to end this connection.</summary>
    public bool IsAskedToEnd => Connection.Asked is not null;

    /// <summary>The next bytes of the client, valid until the next call; none when it has closed its side, or the server wants the
    /// conversation to end.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync()
    {
        GiveBack();
        await Connection.Traffic.ReadableAsync();
        if (IsAskedToEnd || !await Connection.Memory.TakeAsync(Traffic.ReadSize)) return default;
        _held += Traffic.ReadSize;
        _buffer = ArrayPool<byte>.Shared.Rent(Traffic.ReadSize);
        int count = await Connection.Traffic.ReadAsync(_buffer);
        return count > 0 ? _buffer.AsMemory(0, count) : default;
    }

    /// <summary>Whoever reads, or will, is told that there is nothing, unless there is.</summary>
    public void StopReading() => Connection.Transport.Wake();

    /// <summary>Sends all, as they are.</summary>
    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes) => Connection.Traffic.SendAsync(bytes);

    /// <summary>Has the log hear of a whole message of the client.</summary>
    public void Heard(ReadOnlySpan<byte> message) => Connection.NoteMessage(message);

    /// <summary>Has the log hear of what was sent.</summary>
    public void Said(ReadOnlySpan<byte> message) => Connection.Log.Replied(Connection, message);

    /// <summary>Notes how many bytes of the client are kept beside the last read.</summary>
    public void Keeps(long bytes)
    {
        long change = bytes - (_held - (_buffer.Length > 0 ? Traffic.ReadSize : 0));
        Connection.Memory.Add(change);
        _held += change;
    }

    /// <summary>The conversation is over.</summary>
    internal void Close()
    {
        Connection.GivesUpBy(null);
        Keeps(0);
        GiveBack();
    }

    private void GiveBack()
    {
        if (_buffer.Length == 0) return;
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        Connection.Memory.Add(-Traffic.ReadSize);
        _held -= Traffic.ReadSize;
    }
}
