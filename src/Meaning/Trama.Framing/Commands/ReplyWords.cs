using System.Text;

namespace Trama.Framing.Commands;

/// <summary>Replies that only one protocol gives: their codes alone may be any number at the beginning of a line.</summary>
/// <param name="replies">The code, and a word in lower case that the line has behind it.</param>
internal sealed class ReplyWords(params (string Code, string Word)[] replies)
{
    private readonly (byte[] Code, byte[] Word)[] _replies =
        [.. replies.Select(reply => (Encoding.ASCII.GetBytes(reply.Code + " "), Encoding.ASCII.GetBytes(reply.Word)))];

    /// <summary>Whether bytes begin with one of them, as far as they go.</summary>
    /// <param name="bytes">1 to <see cref="Protocol.MaxFirst"/> bytes.</param>
    public Likeness Of(ReadOnlySpan<byte> bytes)
    {
        if (bytes[0] is < (byte)'1' or > (byte)'5') return Likeness.No;
        Span<byte> kept = stackalloc byte[Protocol.MaxFirst];
        int end = bytes.IndexOf((byte)'\n');
        bool isWhole = end >= 0 || bytes.Length >= Protocol.MaxFirst;
        ReadOnlySpan<byte> line = bytes[..Math.Min(end < 0 ? bytes.Length : end, Protocol.MaxFirst)];
        // Bytes that are no ASCII end what is looked at.
        Ascii.ToLower(line, kept, out int length);
        ReadOnlySpan<byte> lower = kept[..length];
        var likeness = Likeness.No;
        foreach ((byte[] code, byte[] word) in _replies)
        {
            Likeness one = Recognition.Begins(lower, code);
            if (one == Likeness.Yes && lower.IndexOf(word) < 0) one = isWhole ? Likeness.No : Likeness.Open;
            likeness = likeness.Or(one);
        }

        return likeness;
    }
}
