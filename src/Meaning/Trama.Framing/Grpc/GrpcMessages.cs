namespace Trama.Framing.Grpc;

/// <summary>Counts the messages of one direction of a gRPC call: a flag, a length of four bytes, and as many bytes.</summary>
internal struct GrpcMessages
{
    private const int PrefixSize = 5;

    private ulong _prefix;
    private int _prefixLength;
    private long _left;
    private bool _isLost;
    private int _count;

    /// <summary>How many have begun; absent when bytes are missing that would tell.</summary>
    public readonly int? Count => _isLost ? null : _count;

    /// <summary>Whether the message at hand says that it is encoded.</summary>
    public bool IsEncoded { get; private set; }

    /// <summary>Whether the message at hand is over.</summary>
    public readonly bool IsOver => _prefixLength == 0;

    /// <summary>Takes the next bytes of the body.</summary>
    public void Take(ReadOnlySpan<byte> bytes)
    {
        while (TryNext(ref bytes, out _))
        {
            // Each is counted as it begins.
        }
    }

    /// <summary>Takes the next bytes of the body up to the end of a message.</summary>
    /// <param name="bytes">The bytes; afterwards those that follow.</param>
    /// <param name="part">Those of the message; may be empty.</param>
    /// <returns>False when no message goes on in them.</returns>
    public bool TryNext(ref ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> part)
    {
        part = default;
        while (!bytes.IsEmpty && !_isLost)
        {
            if (_prefixLength < PrefixSize)
            {
                _prefix = _prefix << 8 | bytes[0];
                bytes = bytes[1..];
                if (++_prefixLength < PrefixSize) continue;
                _left = (uint)_prefix;
                IsEncoded = _prefix >> 32 != 0;
                _count++;
            }

            part = bytes[..(int)Math.Min(_left, bytes.Length)];
            bytes = bytes[part.Length..];
            Pass(part.Length);
            return true;
        }

        return false;
    }

    /// <summary>Passes over missing bytes of the body.</summary>
    public void Pass(int count)
    {
        if (count > _left) _isLost = true;
        _left -= count;
        if (_left == 0) (_prefix, _prefixLength) = (0, 0);
    }
}
