using System.Buffers.Binary;
using Trama.Framing.Http2.Fields;
using Trama.Tracing;

namespace Trama.Reports.Code;

/// <summary>
/// The header fields of requests of HTTP/2, connection by connection and stream by stream: read from what clients say, since messages keep
/// of them only what is of use to all. Where bytes are missing, or the connection's beginning is, nothing more is known of it.
/// </summary>
internal sealed class RequestFields
{
    private const int MostConnections = 4096;

    private readonly Dictionary<long, FieldReader> _readers = [];

    /// <summary>Takes bytes of a client, in order: of its stream, or what TLS carried.</summary>
    public void Take(Connection connection, bool isCarried, bool isWhole, ReadOnlySpan<byte> bytes)
    {
        if (!_readers.TryGetValue(connection.Id, out FieldReader? reader))
        {
            if (_readers.Count >= MostConnections) return;
            _readers.Add(connection.Id, reader = new FieldReader());
        }

        // What is sealed itself says nothing.
        if (isCarried && !reader.IsCarried) reader = _readers[connection.Id] = new FieldReader { IsCarried = true };
        if (reader.IsCarried != isCarried) return;
        if (isWhole) reader.Take(bytes);
        else reader.Stop();
    }

    /// <summary>The fields of a request, which are forgotten; null where they are not known.</summary>
    public IReadOnlyList<HeaderField>? Of(Connection connection, long? stream) =>
        stream is { } number && _readers.TryGetValue(connection.Id, out FieldReader? reader) ? reader.Fields((uint)number) : null;

    /// <summary>Forgets a connection.</summary>
    public void End(Connection connection) => _readers.Remove(connection.Id);

    private sealed class FieldReader
    {
        private const int HeaderLength = 9, MostBlock = 1 << 16, MostStreams = 4096;
        private const byte Headers = 1, Continuation = 9, EndHeaders = 4, Padded = 8, HasPriority = 0x20;

        private readonly HeaderTable _table = new();
        private readonly Dictionary<uint, List<HeaderField>> _fields = [];
        private readonly List<byte> _block = [], _kept = [];
        private int _passed, _preface;
        private uint _stream;
        private bool _isOver;

        public bool IsCarried { get; init; }

        private static ReadOnlySpan<byte> Preface => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8;

        public void Stop()
        {
            _isOver = true;
            _kept.Clear();
        }

        public List<HeaderField>? Fields(uint stream) => _fields.Remove(stream, out List<HeaderField>? fields) ? fields : null;

        public void Take(ReadOnlySpan<byte> bytes)
        {
            if (_isOver) return;
            // What comes before is a request of HTTP/1.1 for an upgrade.
            while (_preface < Preface.Length && !bytes.IsEmpty)
            {
                _preface = bytes[0] == Preface[_preface] ? _preface + 1 : bytes[0] == Preface[0] ? 1 : 0;
                bytes = bytes[1..];
            }

            while (!bytes.IsEmpty && !_isOver)
            {
                int passed = Math.Min(_passed, bytes.Length);
                bytes = bytes[passed..];
                _passed -= passed;
                int wanted = Math.Min(Wanted() - _kept.Count, bytes.Length);
                _kept.AddRange(bytes[..wanted]);
                bytes = bytes[wanted..];
                if (_kept.Count == HeaderLength && !IsOfFields(_kept[3]))
                {
                    _passed = Length();
                    _kept.Clear();
                }
                else if (_kept.Count >= HeaderLength && _kept.Count == Wanted()) Frame();
                else if (Wanted() > MostBlock) Stop();
            }
        }

        private static bool IsOfFields(byte type) => type is Headers or Continuation;

        private int Length() => _kept[0] << 16 | _kept[1] << 8 | _kept[2];

        private int Wanted() => _kept.Count < HeaderLength ? HeaderLength : HeaderLength + Length();

        private void Frame()
        {
            byte[] frame = [.. _kept];
            _kept.Clear();
            (byte type, byte flags) = (frame[3], frame[4]);
            int from = HeaderLength, end = frame.Length;
            if (type == Headers)
            {
                _stream = BinaryPrimitives.ReadUInt32BigEndian(frame.AsSpan(5)) & int.MaxValue;
                _block.Clear();
                if ((flags & Padded) != 0 && from < end) end -= frame[from++];
                if ((flags & HasPriority) != 0) from += 5;
            }

            if (from > end || _block.Count + end - from > MostBlock)
            {
                Stop();
                return;
            }

            _block.AddRange(frame[from..end]);
            if ((flags & EndHeaders) == 0) return;
            if (FieldBlock.Read([.. _block], _table) is not { } fields) Stop();
            // Trailers come later, and are none of a request's head.
            else if (_fields.Count < MostStreams) _fields.TryAdd(_stream, fields);
        }
    }
}
