using System.Buffers;
using System.Buffers.Binary;

namespace Trama.Framing.Tls.Handshake;

/// <summary>Puts the handshake messages of one direction together, which records cut anywhere (RFC 8446 section 5.1).</summary>
internal sealed class HandshakeMessages
{
    /// <summary>How much of a message is kept; of a longer one, its first bytes are read.</summary>
    public const int MaxKept = 32 * 1024;

    private const int HeaderLength = 4;

    private byte[]? _kept;
    private int _length;
    private int _skipped;
    private int _wanted;

    /// <summary>Takes bytes, up to the end of a message.</summary>
    /// <param name="bytes">The next bytes; those taken are cut off.</param>
    /// <param name="message">The message with its header, or its first <see cref="MaxKept"/> bytes; valid until the next call.</param>
    /// <returns>Whether a message is complete.</returns>
    public bool TryNext(ref ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> message)
    {
        message = default;
        if (_length == 0)
        {
            Free();
            if (bytes.Length >= HeaderLength && LengthOf(bytes) is var whole && whole <= bytes.Length)
            {
                message = bytes[..Math.Min(whole, MaxKept)];
                bytes = bytes[whole..];
                return true;
            }
        }

        while (!bytes.IsEmpty)
        {
            int left = (_length < HeaderLength ? HeaderLength : _wanted) - _length - _skipped;
            int taken = Math.Min(left, bytes.Length);
            Keep(bytes[..taken]);
            bytes = bytes[taken..];
            if (taken < left) return false;
            if (_length == HeaderLength && _wanted == 0) _wanted = LengthOf(_kept);
            if (_length + _skipped < _wanted) continue;
            message = _kept.AsSpan(0, _length);
            (_length, _skipped, _wanted) = (0, 0, 0);
            return true;
        }

        return false;
    }

    /// <summary>Forgets the message in progress: bytes of it are missing, or what follows is protected otherwise.</summary>
    public void Reset()
    {
        (_length, _skipped, _wanted) = (0, 0, 0);
        Free();
    }

    private static int LengthOf(ReadOnlySpan<byte> header) => HeaderLength + (int)(BinaryPrimitives.ReadUInt32BigEndian(header) & 0xffffff);

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        int kept = Math.Min(bytes.Length, MaxKept - _length);
        _skipped += bytes.Length - kept;
        if (_kept is null || _kept.Length < _length + kept)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Min(MaxKept, Math.Max(2 * _length, _length + kept)));
            _kept.AsSpan(0, _length).CopyTo(larger);
            if (_kept is not null) ArrayPool<byte>.Shared.Return(_kept);
            _kept = larger;
        }

        bytes[..kept].CopyTo(_kept.AsSpan(_length));
        _length += kept;
    }

    private void Free()
    {
        if (_kept is not null) ArrayPool<byte>.Shared.Return(_kept);
        _kept = null;
    }
}
