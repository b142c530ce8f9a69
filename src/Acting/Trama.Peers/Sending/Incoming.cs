using Trama.Framing;
using Trama.Peers.Transports;

namespace Trama.Peers.Sending;

/// <summary>What a client has received and not taken yet.</summary>
internal sealed class Incoming(ITransport transport, TimeProvider time)
{
    private readonly byte[] _buffer = new byte[256 << 10];

    // What is being received: a wait may end before it does.
    private Task<int>? _receiving;

    /// <summary>The bytes that were not taken.</summary>
    public ReadOnlyMemory<byte> Unread { get; private set; }

    /// <summary>Is complete when there is something to take, or the server has closed.</summary>
    public Task Arrival => Unread.IsEmpty ? Receiving : Task.CompletedTask;

    private Task<int> Receiving => _receiving ??= transport.ReceiveAsync(_buffer).AsTask();

    /// <summary>How many bytes are unread now; 0 when the server has closed, or -1 when nothing came in time.</summary>
    public async Task<int> WithinAsync(TimeSpan limit)
    {
        if (!Unread.IsEmpty) return Unread.Length;
        try
        {
            int count = await Receiving.WaitAsync(limit, time);
            _receiving = null;
            Unread = _buffer.AsMemory(0, count);
            return count;
        }
        catch (TimeoutException)
        {
            return -1;
        }
    }

    /// <summary>Takes what belongs to the reply in progress.</summary>
    /// <param name="exchanges">Where replies end; null when nothing but a close or a silence says so.</param>
    /// <param name="log">Hears of it.</param>
    /// <returns>Whether the reply is complete.</returns>
    /// <exception cref="ClientException">The bytes do not fit the framing.</exception>
    public bool TakeReply(OpenExchanges? exchanges, IClientLog log)
    {
        while (!Unread.IsEmpty)
        {
            ReadOnlySpan<byte> unread = Unread.Span;
            FrameStep step = exchanges?.TakeReply(unread) ?? FrameStep.NeedMore(unread.Length);
            if (step.Status == FrameStatus.Unfit) throw new ClientException(ClientFailure.Unfit);
            log.Received(unread[..step.Taken]);
            Unread = Unread[step.Taken..];
            if (step.Status == FrameStatus.Complete) return true;
        }

        return false;
    }
}
