namespace Trama.Lab.Programs;

/// <summary>What both programs noted of one direction of a connection.</summary>
internal sealed class StreamLog
{
    private readonly List<(long End, long At)> _reads = [];
    private readonly List<Message> _messages = [];
    private long _written;

    /// <summary>The messages, in order.</summary>
    public IReadOnlyList<Message> Messages
    {
        get
        {
            lock (_messages) return [.. _messages];
        }
    }

    /// <summary>How many bytes the reader has taken.</summary>
    public long BytesRead
    {
        get
        {
            lock (_reads) return _reads.Count == 0 ? 0 : _reads[^1].End;
        }
    }

    /// <summary>A message begins.</summary>
    public Message Begin(int length, int? answers)
    {
        lock (_messages)
        {
            var message = new Message { Offset = _written, Length = length, Answers = answers };
            _written += length;
            _messages.Add(message);
            return message;
        }
    }

    /// <summary>A read returned bytes.</summary>
    public void Read(int bytes, long at)
    {
        lock (_reads) _reads.Add(((_reads.Count == 0 ? 0 : _reads[^1].End) + bytes, at));
    }

    /// <summary>How many of the bytes from an offset on were read, and when the first and the last of them.</summary>
    public (int Bytes, long? First, long? Last) ReadOf(Message message)
    {
        lock (_reads)
        {
            long end = message.Offset + message.Length;
            int bytes = (int)Math.Clamp(BytesRead - message.Offset, 0, message.Length);
            long? first = bytes == 0 ? null : _reads.Find(read => read.End > message.Offset).At;
            long? last = bytes < message.Length ? null : _reads.Find(read => read.End >= end).At;
            return (bytes, first, last);
        }
    }
}
