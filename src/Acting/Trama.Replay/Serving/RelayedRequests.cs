using System.Net;
using Trama.Captures.Synthetic;
using Trama.Framing;
using Trama.Peers.Sending;
using Trama.Replay.Adapting;
using Trama.Replay.Recording;
using Trama.Tracing;

namespace Trama.Replay.Serving;

/// <summary>Asks another server what a recorded one was not asked, over a connection of its own.</summary>
/// <param name="relay">The other server.</param>
/// <param name="script">How the recorded one was spoken with.</param>
/// <param name="ends">The connections over which others are asked.</param>
/// <param name="time">The clock.</param>
internal sealed class RelayedRequests(UnknownPolicy.Relay relay, Script script, RelayedEnds ends, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly byte[] _buffer = new byte[64 << 10];
    private Client? _client;
    private SyntheticConversation? _learned;
    private Dialect? _dialect;
    private EndPoint? _own, _to;

    /// <summary>A live message as if it were recorded.</summary>
    public static RecordedMessage AsRecorded(LiveMessage message, Side from) => new()
    {
        From = from,
        AtNs = 0,
        EndNs = 0,
        Bytes = message.Bytes,
        Length = message.Bytes.Length,
        Offset = 0,
        Protocol = message.Protocol,
        Operation = message.Operation,
        Status = message.Status,
    };

    /// <summary>What was asked and replied, as a script that can be played from now on.</summary>
    public Script Learned(LiveMessage asked, RecordedMessage reply, TimeSpan took)
    {
        long delay = (long)took.TotalNanoseconds;
        var exchange = new RecordedExchange
        {
            Index = 1,
            Request = AsRecorded(asked, Side.Client),
            Reply = reply with { AtNs = delay, EndNs = delay },
            ServerNs = delay,
        };
        return Script.Served(script.Recorded with
        {
            Exchanges = [exchange],
            Pieces = [],
            ClientEnd = RecordedEnd.Silence,
            ClientEndNs = null,
            ServerEnd = RecordedEnd.Silence,
            ServerEndNs = null,
        });
    }

    /// <summary>The other server's reply.</summary>
    /// <exception cref="ClientException">It cannot be reached.</exception>
    /// <exception cref="IOException">The connection broke, or no reply came in time.</exception>
    public async ValueTask<RecordedMessage> AskAsync(LiveMessage asked)
    {
        if (_client is null)
        {
            _client = await Client.ConnectAsync(new ClientOptions { Host = relay.Host, Port = relay.Port }, time);
            var own = (IPEndPoint)_client.Transport.Socket.LocalEndPoint!;
            ends.Add(_own = own, _to = _client.Transport.Socket.RemoteEndPoint);
            _dialect = Dialects.Of(script.Recorded,
                new Occasion(Side.Client, script.Connection.Server, (IPEndPoint)_client.Server, own, time));
            _learned = relay.Learned?.Begin(own, (IPEndPoint)_client.Server, time);
        }

        await SendAsync(_dialect!.Say(AsRecorded(asked, Side.Client), null, null));
        while (true)
        {
            while (_dialect.Heard.TryDequeue(out LiveMessage? heard))
                if ((heard.Traits & (MessageTraits.Interim | MessageTraits.Unsolicited)) == 0) return AsRecorded(heard, Side.Server);
            int count = await _client.Transport.ReceiveAsync(_buffer).AsTask().WaitAsync(Patience, time);
            if (count <= 0) _dialect.HearEnd();
            if (count <= 0 && _dialect.Heard.Count == 0) throw new IOException("It closed without a reply.");
            if (_dialect.HeldBytes > Dialect.LargestReply) throw new IOException("Its reply is too large.");
            if (count > 0)
            {
                Learn(Side.Server, _buffer.AsSpan(0, count));
                _dialect.Hear(_buffer.AsSpan(0, count));
            }

            await SendAsync(_dialect.TakeOwed());
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_learned is not null) relay.Learned!.End(_learned, time);
        ends.Remove(_own, _to);
        _client?.Dispose();
    }

    private void Learn(Side from, ReadOnlySpan<byte> bytes)
    {
        if (_learned is not null) relay.Learned!.Say(_learned, from, bytes, time);
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        if (!bytes.IsEmpty) Learn(Side.Client, bytes.Span);
        while (!bytes.IsEmpty) bytes = bytes[await _client!.Transport.SendAsync(bytes)..];
    }
}
