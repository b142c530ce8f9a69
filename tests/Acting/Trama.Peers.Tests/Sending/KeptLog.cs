using System.Text;
using Trama.Peers.Sending;

namespace Trama.Peers.Tests.Sending;

/// <summary>Keeps what a client said and heard.</summary>
internal sealed class KeptLog(bool hearsSending = true) : IClientLog
{
    private readonly List<byte> _sent = [];
    private readonly List<byte> _received = [];

    /// <summary>The messages, each ended with <c>|</c>.</summary>
    public string Sent => Encoding.UTF8.GetString([.. _sent]);

    /// <summary>The replies, each ended with <c>|</c>.</summary>
    public string Received => Encoding.UTF8.GetString([.. _received]);

    /// <summary>The bytes of all replies, and the ends.</summary>
    public ReadOnlySpan<byte> ReceivedBytes => _received.ToArray();

    bool IClientLog.HearsSending => hearsSending;

    void IClientLog.Sending(ReadOnlySpan<byte> bytes) => _sent.AddRange(bytes);

    void IClientLog.EndMessage() => _sent.Add((byte)'|');

    void IClientLog.Received(ReadOnlySpan<byte> bytes) => _received.AddRange(bytes);

    void IClientLog.EndReply() => _received.Add((byte)'|');

    void IClientLog.Pause()
    {
    }
}
