using System.Buffers.Binary;

namespace Trama.Replay.Adapting.Postgresql;

/// <summary>Walks the messages of PostgreSQL's protocol that follow one another: a type, then a length that counts itself.</summary>
internal ref struct PostgresqlFrames(ReadOnlySpan<byte> bytes)
{
    private const int LengthSize = 4;

    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Where the message at hand begins.</summary>
    public int At { get; private set; }

    /// <summary>Its type; 0 of the first message of a client, which has none.</summary>
    public byte Type { get; private set; }

    /// <summary>What follows its length.</summary>
    public ReadOnlySpan<byte> Body { get; private set; }

    private readonly int Total { get; } = bytes.Length;

    /// <summary>Goes to the next message.</summary>
    /// <returns>False when there is none that is whole.</returns>
    public bool TryNext()
    {
        At = Total - _rest.Length;
        int header = _rest is [not 0, ..] ? 1 : 0;
        if (_rest.Length < header + LengthSize) return false;
        Type = header == 1 ? _rest[0] : (byte)0;
        int length = BinaryPrimitives.ReadInt32BigEndian(_rest[header..]);
        if (length < LengthSize || length > _rest.Length - header) return false;
        Body = _rest[(header + LengthSize)..(header + length)];
        _rest = _rest[(header + length)..];
        return true;
    }
}
