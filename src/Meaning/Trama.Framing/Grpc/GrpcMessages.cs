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

    /// <summary>Takes the next bytes of the body.</summary>
    public void Take(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && !_isLost)
        {
            if (_prefixLength < PrefixSize)
            {
                _prefix = _prefix << 8 | bytes[0];
                bytes = bytes[1..];
                if (++_prefixLength < PrefixSize) continue;
                _left = (uint)_prefix;
                _count++;
            }

            int taken = (int)Math.Min(_left, bytes.Length);
            bytes = bytes[taken..];
            Pass(taken);
        }
    }

    /// <summary>Passes over missing bytes of the body.</summary>
    public void Pass(int count)
    {
        if (count > _left) _isLost = true;
        _left -= count;
        if (_left == 0) (_prefix, _prefixLength) = (0, 0);
    }
}
