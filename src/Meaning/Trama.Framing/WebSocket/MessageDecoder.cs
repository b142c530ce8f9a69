using Trama.Framing.Bodies;
using Trama.Framing.Inflating;

namespace Trama.Framing.WebSocket;

/// <summary>Decodes the compressed messages of one direction as bodies (RFC 7692 section 7.2.2): each may refer to those before
/// it.</summary>
/// <param name="forgets">Whether each message was compressed without those before it.</param>
internal sealed class MessageDecoder(bool forgets) : BodyDecoder
{
    private readonly Inflater _inflater = new();
    private bool _isLost;

    /// <inheritdoc/>
    public override bool IsOver => false;

    /// <inheritdoc/>
    public override BodyObstacle Failure => _isLost ? BodyObstacle.MissingBytes : BodyObstacle.Malformed;

    // What a sender leaves out at the end of each message.
    private static ReadOnlySpan<byte> Tail => [0, 0, 0xff, 0xff];

    /// <inheritdoc/>
    public override void Lose()
    {
        _isLost = !forgets;
        if (forgets) _inflater.Clear();
    }

    /// <inheritdoc/>
    public override bool TryDecode(ReadOnlySpan<byte> encoded, MessageBody body)
    {
        if (_isLost) return false;
        while (true)
        {
            InflateStatus status = _inflater.Next(ref encoded, out ReadOnlySpan<byte> output);
            if (!output.IsEmpty && !body.TryGive(output)) return true;
            if (status != InflateStatus.MoreOutput) return status == InflateStatus.NeedMore;
        }
    }

    /// <inheritdoc/>
    public override bool TryEnd(MessageBody body)
    {
        bool isWhole = TryDecode(Tail, body);
        if (forgets) _inflater.Clear();
        return isWhole;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        // It goes on with the next message.
    }
}
