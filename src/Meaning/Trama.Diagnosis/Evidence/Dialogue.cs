using Trama.Packets.Transport;
using Trama.Tracing;

namespace Trama.Diagnosis.Evidence;

/// <summary>How the two sides of a connection talk: who asks, who is answered, and whether a person types.</summary>
internal sealed class Dialogue
{
    /// <summary>Who sends more after such a pause, unasked, does not wait for an answer.</summary>
    public const long GoesOnNs = 1000 * Thresholds.Millisecond;

    /// <summary>Without a protocol that says so, what comes later than this after a message need not be its answer.</summary>
    public const long LongestThoughtNs = 30_000 * Thresholds.Millisecond;

    /// <summary>So many messages answered one by one make a habit.</summary>
    private const int AnsweredOneByOne = 2;

    /// <summary>A sealed TLS record below this is a window update, a ping or its answer, and no request (RFC 9113 section 6).</summary>
    private const int SmallestRecordBytes = 64;

    /// <summary>What is longer than an initial window (RFC 6928) may be a file that somebody stores, and no question.</summary>
    private const int LongestMessageBytes = 14_600;

    /// <summary>A message shorter than an earlier one by this factor may be a last word.</summary>
    private const int ShorterBy = 4;

    /// <summary>Keys that are pressed come in so few bytes…</summary>
    private const int KeyBytes = 4;

    /// <summary>…and from so many on that were echoed, a person types.</summary>
    private const int Echoes = 4;

    /// <summary>SSH seals a key, padding and all, in so many bytes at most.</summary>
    private const int SealedKeyBytes = 128;

    /// <summary>A command line has so many bytes at most (RFC 5321 section 4.5.3.1.4, RFC 2812 section 2.3).</summary>
    private const int LineBytes = 512;

    private readonly ConnectionEvidence _evidence;
    private readonly Dictionary<int, PayloadGlimpse> _glimpses;

    // The client's first FIN; -1 without one.
    private readonly int _fin;

    public Dialogue(ConnectionEvidence evidence)
    {
        (_evidence, _fin) = (evidence, evidence.FirstWith(Side.Client, TcpFlags.Fin));
        _glimpses = new Dictionary<int, PayloadGlimpse>(evidence.Glimpses.Count);
        foreach (PayloadGlimpse glimpse in evidence.Glimpses) _glimpses.TryAdd(glimpse.Index, glimpse);
        bool isTalk = false;
        foreach (PayloadGlimpse glimpse in evidence.Glimpses)
        {
            bool isServers = evidence.Segments[glimpse.Index].From == Side.Server;
            isTalk |= glimpse.Facts.IsTalk;
            IsTyped |= glimpse.Facts.IsTerminal;
            HasStatusLines |= isServers && glimpse.Facts.IsStatus;
            IsChat |= isServers && glimpse.Facts.IsChat;
            IsGreeted |= isServers && glimpse == evidence.Glimpses[0] && glimpse.Facts.IsGreeting;
        }

        IsTalk = isTalk;
        if (!evidence.Glimpses.Any(glimpse => glimpse.IsSeen))
        {
            // Where the capture has headers alone, the port tells, if the sizes fit: SSH and telnet; FTP and mail; IRC.
            ushort port = evidence.Connection.Server.Port;
            IsTyped = port is 22 or 23 && AsksIn(SealedKeyBytes);
            HasStatusLines = port is 21 or 25 or 110 or 143 or 587 && AsksIn(LineBytes);
            IsChat = port is 6667 && AsksIn(LineBytes);
        }

        IsTyped |= IsEchoed();
        foreach (Turn turn in evidence.Turns)
            if (turn.From == Side.Server && turn.LongestPauseNs >= GoesOnNs) Pushes++;
    }

    /// <summary>Whether a person types at the client: telnet, SSH, or keys that are echoed.</summary>
    public bool IsTyped { get; }

    /// <summary>Whether the server answers with status lines, as mail and FTP do.</summary>
    public bool HasStatusLines { get; }

    /// <summary>Whether the server speaks first, and begins as those do that have to.</summary>
    public bool IsGreeted { get; }

    /// <summary>Whether it is IRC.</summary>
    public bool IsChat { get; }

    /// <summary>Whether both sides tell what they have, and neither asks.</summary>
    public bool IsTalk { get; }

    /// <summary>How often the server went on by itself after a pause: it says things unasked.</summary>
    public int Pushes { get; }

    /// <summary>What shows that a reply to a client's message was due.</summary>
    public Due DueFor(Turn request)
    {
        PayloadGlimpse? last = LastMessageOf(request);
        // The last byte of a turn that begins with sequence number 1 is that of its end, less two.
        bool? isDue = _evidence.Protocol.IsDue(request.End - 2, last is null or { IsWhole: true });
        if (isDue is { } known) return known ? Due.Protocol : Due.Unknown;
        if (IsTalk || IsFarewell(request)) return Due.Unknown;
        if (IsRequest(request)) return Due.Protocol;
        if (IsTyped || IsSmallRecord(last)) return Due.Unknown;
        if (HasStatusLines && request.Segments == 1 && last is { EndsLine: true }) return Due.Protocol;
        if (request.LongestPauseNs >= GoesOnNs || Pushes > 0 || request.Bytes > LongestMessageBytes) return Due.Unknown;
        int answered = AnsweredBefore(request);
        // Who closes at once with its last message, after others that were answered, has said what it had to say.
        if (answered < 0 || (answered > 0 && ClosesWith(request))) return Due.Unknown;
        // The first words of a capture that has no beginning may be the last of a long talk.
        return answered >= AnsweredOneByOne ? Due.Habit : answered == 0 && _evidence.BeginsMidway ? Due.Unknown : Due.Waiting;
    }

    /// <summary>
    /// Whether a message may be a question: the capture shows how it begins, and it is not much shorter than those before it, as a last
    /// word is.
    /// </summary>
    public bool MayBeQuestion(Turn request)
    {
        if (LastMessageOf(request) is { IsSeen: false }) return false;
        foreach (Turn turn in _evidence.Turns)
        {
            if (turn == request) break;
            if (turn.From == Side.Client && turn.Bytes > request.Bytes * ShorterBy) return false;
        }

        return true;
    }

    // Of a request in several segments, the first says what it is; of several messages, the last.
    private bool IsRequest(Turn request) =>
        (_glimpses.TryGetValue(request.First, out PayloadGlimpse first) && first.Facts.IsRequest(request.Bytes))
        || (LastMessageOf(request) is { } last && last.Facts.IsRequest(_evidence.Segments[last.Index].Length));

    /// <summary>Whether a message ends the conversation.</summary>
    public bool IsFarewell(Turn request) => LastMessageOf(request) is { Facts.IsFarewell: true };

    private bool IsSmallRecord(PayloadGlimpse? message) =>
        message is { Facts.Record: TlsRecord.LaterApplicationData } record && _evidence.Segments[record.Index].Length < SmallestRecordBytes;

    private PayloadGlimpse? LastMessageOf(Turn request) => _glimpses.TryGetValue(request.Last, out PayloadGlimpse last) ? last : null;

    private bool ClosesWith(Turn request) =>
        _fin >= request.Last && _evidence.Segments[_fin].At - request.LastAt < Thresholds.SoonestResendNs;

    // How many messages were answered one by one before it; -1 after one whose sender went on without an answer.
    private int AnsweredBefore(Turn request)
    {
        int answered = 0;
        for (int i = 0; i + 1 < _evidence.Turns.Count && _evidence.Turns[i] != request; i++)
        {
            if (_evidence.Turns[i].From != Side.Client) continue;
            if (_evidence.Turns[i].LongestPauseNs >= GoesOnNs) return -1;
            answered++;
        }

        return answered;
    }

    private bool IsEchoed()
    {
        int echoes = 0;
        for (int i = 0; i + 1 < _evidence.Turns.Count; i++)
        {
            (Turn key, Turn echo) = (_evidence.Turns[i], _evidence.Turns[i + 1]);
            if (key.From == Side.Client && key.Bytes <= KeyBytes && echo.Bytes == key.Bytes) echoes++;
        }

        return echoes >= Echoes;
    }

    // Most of what the client says is no longer than that.
    private bool AsksIn(int bytes)
    {
        int all = 0, small = 0;
        foreach (Turn turn in _evidence.Turns)
        {
            if (turn.From != Side.Client) continue;
            all++;
            if (turn.Bytes <= bytes) small++;
        }

        return small * 2 > all;
    }
}
