namespace Trama.Scrubbing.Fields;

/// <summary>
/// What stands for the fields of a stream of which their protocol says what they are. They are noted before the stream is scrubbed as the
/// bytes and texts it has, and written afterwards: what a field is made of does not matter then.
/// </summary>
/// <param name="standIns">What stands for a field.</param>
internal sealed class NotedFields(FieldStandIns standIns)
{
    private readonly List<(int At, byte[] Bytes)> _noted = [];

    /// <summary>What stands for a field.</summary>
    public FieldStandIns StandIns { get; } = standIns;

    /// <summary>Notes those of a message.</summary>
    /// <param name="message">The message, as it was.</param>
    /// <param name="at">Where it is in its stream.</param>
    /// <param name="protocol">Its protocol.</param>
    /// <param name="isReply">Whether the server says it.</param>
    public void Note(ReadOnlySpan<byte> message, int at, string? protocol, bool isReply)
    {
        if (protocol is not null && FieldReaders.Of(protocol) is { } read) read(new MessageFields(message, at, isReply, this));
    }

    /// <summary>Adds what stands for a field.</summary>
    /// <param name="at">Where the field is in the stream.</param>
    /// <param name="bytes">As many bytes as it has.</param>
    public void Add(int at, byte[] bytes) => _noted.Add((at, bytes));

    /// <summary>Takes them out of the stream, so that what is beside them, as their lengths, is not taken for a part of them.</summary>
    public void Blank(Span<byte> stream, byte blank)
    {
        foreach ((int at, byte[] bytes) in _noted) stream.Slice(at, bytes.Length).Fill(blank);
    }

    /// <summary>Writes what stands for them, and forgets them.</summary>
    public void Write(Span<byte> stream)
    {
        foreach ((int at, byte[] bytes) in _noted) bytes.CopyTo(stream[at..]);
        _noted.Clear();
    }
}
