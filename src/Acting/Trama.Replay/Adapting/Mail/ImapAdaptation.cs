using System.Text;
using Trama.Replay.Recording;
using Trama.Tracing;

namespace Trama.Replay.Adapting.Mail;

/// <summary>IMAP: the tag that a client gives its command, in the line that ends the reply; TLS is not offered within a
/// connection.</summary>
internal sealed class ImapAdaptation : Adaptation
{
    private string _mailbox = "";

    /// <inheritdoc/>
    public override Standing Standing(ReadOnlySpan<byte> operation) => new(null, _mailbox);

    /// <inheritdoc/>
    public override void Follow(ReadOnlySpan<byte> operation, RecordedMessage? reply)
    {
        string[] words = Encoding.UTF8.GetString(operation).Split(' ', 2);
        _mailbox = words[0].ToUpperInvariant() switch
        {
            // What is selected in vain leaves none (RFC 3501 section 6.3.1).
            "SELECT" or "EXAMINE" => reply is { Failed: not true } && words.Length > 1 ? words[1].Trim('"') : "",
            "CLOSE" or "UNSELECT" => "",
            _ => _mailbox,
        };
    }

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Content(ReadOnlyMemory<byte> message, Side from)
    {
        if (from == Side.Client) return message[Tag(message.Span).Length..];
        int last = LastLine(message.Span);
        ReadOnlySpan<byte> line = message.Span[last..];
        return (byte[])[.. message.Span[..last], .. line[Tag(line).Length..]];
    }

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Write(in Saying saying)
    {
        if (saying.Occasion.Self == Side.Client) return saying.Bytes;
        ReadOnlyMemory<byte> bytes = TlsOffers.Removed(saying.Bytes, " STARTTLS", " LOGINDISABLED");
        if (saying is not { Asked: { } asked, AskedThen: { } then }) return bytes;
        int last = LastLine(bytes.Span);
        ReadOnlySpan<byte> tag = Tag(bytes.Span[last..]);
        return tag.IsEmpty || !tag.SequenceEqual(Tag(then.Bytes.Span)) ? bytes
            : (byte[])[.. bytes.Span[..last], .. Tag(asked.Bytes.Span), .. bytes.Span[(last + tag.Length)..]];
    }

    private static int LastLine(ReadOnlySpan<byte> message) =>
        message.Length < 2 ? 0 : message[..^2].LastIndexOf("\r\n"u8) is >= 0 and var end ? end + 2 : 0;

    private static ReadOnlySpan<byte> Tag(ReadOnlySpan<byte> line)
    {
        int end = line.IndexOf((byte)' ');
        return end < 0 ? default : line[..end];
    }
}
