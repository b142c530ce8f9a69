using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace Trama.Framing.WebSocket;

/// <summary>
/// Inflates the messages of one direction (RFC 7692 section 7.2.2). Between messages it keeps no state but the last 32 KiB of text, to
/// which the next one may refer: they precede it as a block that is stored, not compressed (RFC 1951 section 3.2.4).
/// </summary>
/// <param name="forgets">Whether each message was compressed without those before it.</param>
internal sealed class MessageInflater(bool forgets)
{
    // What a message may be, and become. A larger one, or a bomb, ends what can be read of this direction, where later messages refer to
    // it.
    private const int MaxCompressed = 256 << 10;
    private const int MaxInflated = 4 << 20;

    private const int WindowSize = 32 << 10;
    private const int StoredHeaderSize = 5;
    private const int Piece = 4096;

    private KeptBytes _message = new(MaxCompressed);
    private byte[] _window = [];
    private int _windowLength;
    private bool _isLost;

    // What a sender leaves out at the end of each message.
    private static ReadOnlySpan<byte> Tail => [0, 0, 0xff, 0xff];

    /// <summary>Takes the next bytes of a message.</summary>
    public void Take(ReadOnlySpan<byte> bytes) => _message.Add(bytes);

    /// <summary>Bytes of the message are missing.</summary>
    public void Lose() => _isLost = true;

    /// <summary>Ends the message and adds its text to some words, as far as it can be known.</summary>
    public void End(ref ShortText words)
    {
        _isLost = _isLost || _message.IsCut || !TryInflate(ref words);
        _message.Clear();
        if (!forgets) return;
        (_isLost, _windowLength) = (false, 0);
    }

    private bool TryInflate(ref ShortText words)
    {
        int before = _windowLength > 0 ? StoredHeaderSize + _windowLength : 0;
        int length = before + _message.Length + Tail.Length;
        byte[] input = ArrayPool<byte>.Shared.Rent(length);
        byte[] output = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            Compose(input, before);
            using var inflate = new DeflateStream(new MemoryStream(input, 0, length, writable: false), CompressionMode.Decompress);
            inflate.ReadExactly(_window.AsSpan(0, _windowLength));
            int inflated = 0;
            for (int read; inflated <= MaxInflated && (read = inflate.Read(output)) > 0; inflated += read)
            {
                words.Add(output.AsSpan(0, read));
                if (!forgets) Remember(output.AsSpan(0, read));
            }

            return inflated <= MaxInflated;
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(input);
            ArrayPool<byte>.Shared.Return(output);
        }
    }

    private void Compose(Span<byte> input, int before)
    {
        if (before > 0)
        {
            input[0] = 0;
            BinaryPrimitives.WriteUInt16LittleEndian(input[1..], (ushort)_windowLength);
            BinaryPrimitives.WriteUInt16LittleEndian(input[3..], (ushort)~_windowLength);
            _window.AsSpan(0, _windowLength).CopyTo(input[StoredHeaderSize..]);
        }

        _message.Bytes.CopyTo(input[before..]);
        Tail.CopyTo(input[(before + _message.Length)..]);
    }

    private void Remember(ReadOnlySpan<byte> text)
    {
        if (_window.Length == 0) _window = new byte[WindowSize];
        int kept = Math.Min(_windowLength, WindowSize - text.Length);
        _window.AsSpan(_windowLength - kept, kept).CopyTo(_window);
        text.CopyTo(_window.AsSpan(kept));
        _windowLength = kept + text.Length;
    }
}
