using System.Text;

namespace Trama.Framing.Tests.Tls;

/// <summary>Keeps what the layer at the wire carries.</summary>
internal sealed class CarriedText : IMessageSink
{
    private readonly List<byte>[] _carried = [[], []];

    /// <summary>How many bytes are told to be missing; negative when nobody knows.</summary>
    public long Missing { get; private set; }

    public string Text(Direction direction) => Encoding.UTF8.GetString(Bytes(direction));

    public byte[] Bytes(Direction direction) => [.. _carried[(int)direction]];

    public void OnBytes(in MessageId message, Origin origin, ReadOnlySpan<byte> bytes)
    {
    }

    public void OnMissing(in MessageId message, Origin origin, long count)
    {
    }

    public void OnMessageEnd(in MessageId message, in MessageEnd end)
    {
    }

    public void OnLost(Direction direction, int layer)
    {
    }

    public void OnUnfit(Direction direction, string framing, FramingFailure failure)
    {
    }

    public void OnCarried(Direction direction, int layer, long missing, ReadOnlySpan<byte> bytes)
    {
        if (layer > 0) return;
        Missing = missing < 0 || Missing < 0 ? -1 : Missing + missing;
        _carried[(int)direction].AddRange(bytes);
    }
}
