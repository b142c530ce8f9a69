using Trama.Framing.Inflating;

namespace Trama.Framing.WebSocket;

/// <summary>Inflates the messages of one direction for a few words of each (RFC 7692 section 7.2.2): a message may refer to the last 32 KiB
/// of those before it.</summary>
/// <param name="forgets">Whether each message was compressed without those before it.</param>
internal sealed class MessageInflater(bool forgets)
{
    // What a message may become. A larger one, or a bomb, ends what can be read of this direction, where later messages refer to it.
    private const int MaxInflated = 4 << 20;

    private readonly Inflater _inflater = new();
    private int _inflated;
    private bool _isLost;

    // What a sender leaves out at the end of each message.
    private static ReadOnlySpan<byte> Tail => [0, 0, 0xff, 0xff];

    /// <summary>Takes the next bytes of a message, and adds what they say to some words, as far as it can be known.</summary>
    public void Take(ReadOnlySpan<byte> bytes, ref ShortText words)
    {
        while (!_isLost)
        {
            InflateStatus status = _inflater.Next(ref bytes, out ReadOnlySpan<byte> output);
            words.Add(output);
            _inflated += output.Length;
            if (status == InflateStatus.NeedMore) return;
            _isLost = status != InflateStatus.MoreOutput || _inflated > MaxInflated;
        }
    }

    /// <summary>Bytes of the message, or whole messages, are missing.</summary>
    public void Lose() => _isLost = true;

    /// <summary>Ends the message.</summary>
    public void End(ref ShortText words)
    {
        Take(Tail, ref words);
        _inflated = 0;
        if (!forgets) return;
        _isLost = false;
        _inflater.Clear();
    }
}
