using System.Buffers;
using System.Buffers.Binary;
using Trama.Framing.Http2;

namespace Trama.Replay.Adapting.Http2;

/// <summary>What waits to be sent on the streams of an HTTP/2 connection, within what the other side can take (RFC 9113 section
/// 5.2).</summary>
internal sealed class OutgoingStreams
{
    private const ushort InitialWindowSize = 4, MaxFrameSize = 5;
    private const int SettingLength = 6, UsualWindow = 65_535;

    // What is told of streams on which nothing waits, since they are to come or are over, is kept of so many.
    private const int MostWindows = 4096;

    private readonly List<Outgoing> _waiting = [];
    private readonly Dictionary<uint, long> _windows = [];
    private long _window = UsualWindow;
    private int _initialWindow = UsualWindow;
    private int _maxFrame = FrameHeader.UsualMaxLength;

    /// <summary>How many messages wait.</summary>
    public int Count => _waiting.Count;

    /// <summary>A message is to be sent on a stream.</summary>
    public void Add(uint stream, ReadOnlyMemory<byte> message) =>
        _waiting.Add(new Outgoing(stream, new Queue<Http2Frame>(StreamMessage.Read(message))));

    /// <summary>The other side told what it can take, or ended a stream.</summary>
    public void Hear(in Http2Frame frame)
    {
        ReadOnlySpan<byte> payload = frame.Payload.Span;
        uint stream = frame.Header.Stream;
        switch (frame.Header.Type)
        {
            case FrameType.Settings when !frame.Header.Acknowledges: Settle(payload); break;
            case FrameType.WindowUpdate when payload.Length == 4:
                int more = BinaryPrimitives.ReadInt32BigEndian(payload) & int.MaxValue;
                if (stream == 0)
                {
                    _window += more;
                    break;
                }

                if (_windows.Count >= MostWindows && !_windows.ContainsKey(stream)) ForgetOlder();
                _windows[stream] = Window(stream) + more;
                break;
            case FrameType.ResetStream:
                _waiting.RemoveAll(outgoing => outgoing.Stream == stream);
                _windows.Remove(stream);
                break;
        }
    }

    /// <summary>Writes what can be sent now.</summary>
    public void Write(ArrayBufferWriter<byte> output)
    {
        foreach (Outgoing outgoing in _waiting) Write(outgoing, output);
        _waiting.RemoveAll(IsSaid);
    }

    private bool IsSaid(Outgoing outgoing)
    {
        if (outgoing.Frames.Count > 0 || !outgoing.Rest.IsEmpty) return false;
        _windows.Remove(outgoing.Stream);
        return true;
    }

    private void Write(Outgoing outgoing, ArrayBufferWriter<byte> output)
    {
        while (outgoing.Frames.TryPeek(out Http2Frame frame))
        {
            if (frame.Header.Type == FrameType.Data)
            {
                if (!TryWriteData(outgoing, frame, output)) return;
            }
            else if (frame.Header.Type == FrameType.Headers) WriteHeaders(outgoing.Stream, frame, output);
            else Http2Frame.Write(output, frame.Header.Type, frame.Header.Flags, outgoing.Stream, frame.Payload.Span);
            outgoing.Frames.Dequeue();
        }
    }

    // Whether all of it was written.
    private bool TryWriteData(Outgoing outgoing, in Http2Frame frame, ArrayBufferWriter<byte> output)
    {
        if (!outgoing.HasBegun) (outgoing.HasBegun, outgoing.Rest) = (true, frame.Payload);
        do
        {
            long room = Math.Min(_window, Window(outgoing.Stream));
            int count = (int)Math.Min(Math.Min(Math.Max(room, 0), _maxFrame), outgoing.Rest.Length);
            if (count == 0 && !outgoing.Rest.IsEmpty) return false;
            bool ends = frame.Header.EndsStream && count == outgoing.Rest.Length;
            Http2Frame.Write(output, FrameType.Data, ends ? Http2Frame.EndStream : (byte)0, outgoing.Stream, outgoing.Rest.Span[..count]);
            outgoing.Rest = outgoing.Rest[count..];
            _window -= count;
            _windows[outgoing.Stream] = Window(outgoing.Stream) - count;
        }
        while (!outgoing.Rest.IsEmpty);
        outgoing.HasBegun = false;
        return true;
    }

    // What is longer than a frame goes on in others (RFC 9113 section 6.10).
    private void WriteHeaders(uint stream, in Http2Frame frame, ArrayBufferWriter<byte> output)
    {
        ReadOnlySpan<byte> block = frame.Payload.Span;
        var type = FrameType.Headers;
        byte flags = (byte)(frame.Header.Flags & Http2Frame.EndStream);
        do
        {
            int count = Math.Min(block.Length, _maxFrame);
            if (count == block.Length) flags |= Http2Frame.EndHeaders;
            Http2Frame.Write(output, type, flags, stream, block[..count]);
            block = block[count..];
            (type, flags) = (FrameType.Continuation, 0);
        }
        while (!block.IsEmpty);
    }

    // Streams are numbered upwards (RFC 9113 section 5.1.1); those on which something waits are in use.
    private void ForgetOlder()
    {
        uint[] others = [.. _windows.Keys.Except(_waiting.Select(outgoing => outgoing.Stream)).Order()];
        foreach (uint stream in others.AsSpan(0, (others.Length + 1) / 2)) _windows.Remove(stream);
    }

    private long Window(uint stream) => _windows.GetValueOrDefault(stream, _initialWindow);

    private void Settle(ReadOnlySpan<byte> settings)
    {
        for (; settings.Length >= SettingLength; settings = settings[SettingLength..])
        {
            ushort name = BinaryPrimitives.ReadUInt16BigEndian(settings);
            int value = (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(settings[2..]), int.MaxValue);
            if (name == MaxFrameSize) _maxFrame = Math.Clamp(value, FrameHeader.UsualMaxLength, (1 << 24) - 1);
            if (name != InitialWindowSize) continue;
            foreach (uint stream in _windows.Keys.ToArray()) _windows[stream] += value - _initialWindow;
            _initialWindow = value;
        }
    }

    private sealed class Outgoing(uint stream, Queue<Http2Frame> frames)
    {
        public uint Stream { get; } = stream;

        public Queue<Http2Frame> Frames { get; } = frames;

        public ReadOnlyMemory<byte> Rest { get; set; }

        public bool HasBegun { get; set; }
    }
}
