using System.Buffers;
using Trama.Framing.Http2;
using Trama.Framing.Http2.Fields;

namespace Trama.Replay.Adapting.Http2;

/// <summary>Reads one direction of HTTP/2: what each stream says, and the frames that are about the connection.</summary>
/// <param name="speaksPreface">Whether the direction begins with the client's preface (RFC 9113 section 3.4).</param>
internal sealed class StreamReader(bool speaksPreface)
{
    // What a peer may announce at most (RFC 9113 section 6.5.2).
    private const int MaxFrame = (1 << 24) + FrameHeader.Size;

    private readonly HeaderTable _table = new();
    private readonly Dictionary<uint, StreamMessage> _open = [];
    private readonly ArrayBufferWriter<byte> _block = new();
    private readonly ArrayBufferWriter<byte> _kept = new();
    private FrameHeader _opening;
    private int _preface = speaksPreface ? Http2Dialect.Preface.Length : 0;

    /// <summary>Bytes of frames and messages in progress.</summary>
    public long HeldBytes => _kept.WrittenCount + _block.WrittenCount + _open.Values.Sum(message => (long)message.Frames.Length);

    /// <summary>Whether the bytes are no longer those of HTTP/2.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Messages that are complete, by their streams, until they are taken.</summary>
    public Dictionary<uint, StreamMessage> Complete { get; } = [];

    /// <summary>The next bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="heard">Told of each frame, in order.</param>
    public void Take(ReadOnlySpan<byte> bytes, Action<Http2Frame>? heard = null)
    {
        int skipped = Math.Min(_preface, bytes.Length);
        _preface -= skipped;
        _kept.Write(bytes[skipped..]);
        ReadOnlyMemory<byte> rest = _kept.WrittenMemory;
        while (!IsLost && Http2Frame.TryRead(rest, out Http2Frame frame))
        {
            rest = rest[(FrameHeader.Size + frame.Payload.Length)..];
            Take(frame);
            heard?.Invoke(frame);
        }

        byte[] left = rest.ToArray();
        _kept.ResetWrittenCount();
        if (left.Length > MaxFrame) IsLost = true;
        else _kept.Write(left);
    }

    private void Take(in Http2Frame frame)
    {
        FrameHeader header = frame.Header;
        switch (header.Type)
        {
            case FrameType.Headers or FrameType.PushPromise:
                _opening = header;
                _block.ResetWrittenCount();
                Add(frame, header.EndsHeaders);
                break;
            case FrameType.Continuation:
                Add(frame, header.EndsHeaders);
                break;
            case FrameType.Data when _open.TryGetValue(header.Stream, out StreamMessage? message):
                message.Add(frame.Content.Span, header.EndsStream);
                if (header.EndsStream) End(header.Stream);
                break;
            case FrameType.ResetStream when _open.TryGetValue(header.Stream, out StreamMessage? message):
                message.Abort(frame.Payload.Span);
                End(header.Stream);
                break;
        }
    }

    private void Add(in Http2Frame frame, bool isLast)
    {
        _block.Write(frame.Content.Span);
        if (!isLast) return;
        List<HeaderField>? fields = FieldBlock.Read(_block.WrittenSpan, _table);
        _block.ResetWrittenCount();
        IsLost |= fields is null;
        // What a server promises is part of no exchange that a client asked for.
        if (fields is null || _opening.Type == FrameType.PushPromise) return;
        if (!_open.TryGetValue(_opening.Stream, out StreamMessage? message)) _open.Add(_opening.Stream, message = new StreamMessage());
        message.Add(fields, _opening.EndsStream);
        if (_opening.EndsStream) End(_opening.Stream);
    }

    private void End(uint stream)
    {
        if (_open.Remove(stream, out StreamMessage? message)) Complete[stream] = message;
    }

    /// <summary>What an open stream has said so far.</summary>
    public ReadOnlyMemory<byte> Unfinished(uint stream) => _open.TryGetValue(stream, out StreamMessage? open) ? open.Frames : default;
}
