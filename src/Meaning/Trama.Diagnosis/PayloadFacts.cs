using System.Text.Unicode;
using Trama.Diagnosis.Evidence;

namespace Trama.Diagnosis;

/// <summary>
/// What a diagnosis asks of a payload, in 64 bits: what it is and how it lies in lines, and nothing of what it says but the kind of a TLS
/// record and 12 bits by which payloads are seen to begin alike. Who keeps packets without payload keeps this instead.
/// </summary>
/// <param name="Note">The bits; 0 when nothing is known.</param>
public readonly record struct PayloadFacts(ulong Note)
{
    private const ulong Known = 1UL << 63;
    private const int LinesBits = 11, LengthBits = 20, TokenBits = 6;
    private const int FlagsAt = LinesBits, LengthAt = FlagsAt + 9, RecordAt = LengthAt + LengthBits, MessageAt = RecordAt + 3;
    private const int TokensAt = MessageAt + 8;

    private enum Flag
    {
        EndsLine,
        IsText,
        IsFarewell,
        IsTalk,
        IsTerminal,
        IsStatus,
        IsChat,
        IsGreeting,
        IsRequest,
    }

    /// <summary>Whether anything is known.</summary>
    public bool IsKnown => Note != 0;

    internal int Lines => (int)Part(0, LinesBits);

    internal bool EndsLine => Has(Flag.EndsLine);

    /// <summary>Whether it is UTF-8 (RFC 3629); looked at only where it ends a line, since a piece may end within a character.</summary>
    internal bool IsText => Has(Flag.IsText);

    internal bool IsFarewell => Has(Flag.IsFarewell);

    internal bool IsTalk => Has(Flag.IsTalk);

    internal bool IsTerminal => Has(Flag.IsTerminal);

    internal bool IsStatus => Has(Flag.IsStatus);

    internal bool IsChat => Has(Flag.IsChat);

    internal bool IsGreeting => Has(Flag.IsGreeting);

    internal TlsRecord Record => (TlsRecord)Part(RecordAt, 3);

    /// <summary>The type of a handshake's message, or what a fatal alert says.</summary>
    internal byte TlsMessage => (byte)Part(MessageAt, 8);

    /// <summary>Equal where the first two bytes are, and seldom else.</summary>
    internal uint BeginsWith2 => (uint)Part(TokensAt, TokenBits);

    /// <summary>Equal where the first four bytes are, and seldom else.</summary>
    internal uint BeginsWith4 => (uint)Part(TokensAt + TokenBits, TokenBits);

    /// <summary>Whether it begins a message of so many bytes that is a request of a protocol in which every request is answered.</summary>
    internal bool IsRequest(long bytes) => Has(Flag.IsRequest) || (bytes > 0 && (long)Part(LengthAt, LengthBits) == bytes);

    /// <summary>Looks at a payload.</summary>
    /// <param name="payload">All of it, or what there is of it.</param>
    /// <param name="length">Its length on the wire.</param>
    public static PayloadFacts Of(ReadOnlySpan<byte> payload, int length)
    {
        ulong head = Opening.HeadOf(payload);
        ulong lines = (ulong)Math.Min(payload.Count((byte)'\n'), (1 << LinesBits) - 1);
        long declared = Opening.RequestLength(head, length);
        TlsRecord record = TlsRecords.Of(head, out byte message);
        bool endsLine = payload is [.., (byte)'\n'];
        ulong flags = Bit(Flag.EndsLine, endsLine) | Bit(Flag.IsText, endsLine && Utf8.IsValid(payload))
            | Bit(Flag.IsFarewell, Farewell.Is(payload)) | Bit(Flag.IsTalk, Opening.IsTalk(head))
            | Bit(Flag.IsTerminal, Opening.IsTerminal(head)) | Bit(Flag.IsStatus, Opening.IsStatus(head))
            | Bit(Flag.IsChat, Opening.IsChat(head)) | Bit(Flag.IsGreeting, Opening.IsGreeting(head))
            | Bit(Flag.IsRequest, Opening.IsRequest(head));
        return new PayloadFacts(Known | lines | (flags << FlagsAt) | ((ulong)(declared < (1 << LengthBits) ? declared : 0) << LengthAt)
            | ((ulong)record << RecordAt) | ((ulong)message << MessageAt) | (Token(head >> 48) << TokensAt)
            | (Token(head >> 32) << (TokensAt + TokenBits)));
    }

    // Fibonacci hashing: the upper bits of the product depend on all of the number.
    private static ulong Token(ulong beginning) => unchecked(beginning * 0x9e37_79b9_7f4a_7c15) >> (64 - TokenBits);

    private static ulong Bit(Flag flag, bool isSet) => isSet ? 1UL << (int)flag : 0;

    private bool Has(Flag flag) => ((Note >> (FlagsAt + (int)flag)) & 1) != 0;

    private ulong Part(int at, int bits) => (Note >> at) & ((1UL << bits) - 1);
}
