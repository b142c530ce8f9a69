using Trama.Scrubbing.Content;
using Trama.Scrubbing.Fields;
using Trama.Scrubbing.Mapping;
using Trama.Scrubbing.Words;

namespace Trama.Scrubbing.Streams;

/// <summary>Scrubs the streams of a connection by what its protocols are.</summary>
internal sealed class StreamScrubber
{
    private readonly TextScrubber _text;
    private readonly FrameBodyScrubber _frames;
    private readonly BodyScrubber _bodies;
    private readonly HttpScrubber _http;
    private readonly Http2Scrubber _http2;
    private readonly WebSocketScrubber _webSocket;
    private readonly TlsScrubber _tls;
    private readonly TelnetScrubber _telnet;
    private readonly NotedFields _fields;

    public StreamScrubber(ScrubKey key, AddressMap addresses, SeenAddresses seen)
    {
        _text = new TextScrubber(key, addresses);
        _fields = new NotedFields(new FieldStandIns(key, addresses, _text.Words));
        var binary = new BinaryScrubber(key, _text, addresses, seen);
        _frames = new FrameBodyScrubber(binary, new DerScrubber(key, _text, keepsNumbers: true));
        _bodies = new BodyScrubber(key, _text, binary);
        _http = new HttpScrubber(_text, _bodies);
        _http2 = new Http2Scrubber(key, _text, _bodies);
        _webSocket = new WebSocketScrubber(key, _bodies);
        _telnet = new TelnetScrubber(_text);
        _tls = new TlsScrubber(key, new HandshakeScrubber(key, _text, new DerScrubber(key, _text, keepsNumbers: false)));
    }

    /// <summary>Scrubs what one side said.</summary>
    /// <param name="stream">Its bytes; zeros where some are missing.</param>
    /// <param name="layers">The names of the connection's layers.</param>
    /// <param name="messages">Where the messages of this side are that the tracker told apart.</param>
    /// <param name="pieces">Where the pieces begin that segments carried, in order.</param>
    /// <param name="isReply">Whether the server says it.</param>
    /// <param name="care">How careful to be.</param>
    public void Scrub(
        Span<byte> stream, IReadOnlyList<string> layers, IReadOnlyList<MessagePlace> messages, IReadOnlyList<int> pieces, bool isReply,
        ScrubCare care)
    {
        bool isTls = layers.Any(IsTls) || messages.Any(message => message.Protocol is { } protocol && IsTls(protocol));
        int end = isTls ? TlsScrubber.Find(stream) : -1;
        if (end >= 0) _tls.Scrub(stream[end..]);
        Span<byte> clear = end < 0 ? stream : stream[..end];
        if (clear.IsEmpty) return;
        NoteFields(clear, messages, layers, isReply);
        // No letter, and in text no byte that is none.
        _fields.Blank(clear, layers.All(IsText) ? (byte)'*' : (byte)0);
        if (layers.Contains("http2")) ScrubHttp2(clear, messages, care);
        else if (layers.Contains("http1") || layers.Contains("websocket")) ScrubHttp(clear, messages, layers, care);
        else if (layers.Count == 0 && !BodyScrubber.IsText(clear)) ScrubPieces(clear, pieces, care);
        else ScrubMessages(clear, messages, layers, care);
        _fields.Write(clear);
    }

    /// <summary>Scrubs bytes of which nothing is known.</summary>
    public void ScrubUnknown(Span<byte> bytes) => _bodies.Scrub(bytes, default, isStructured: false, ScrubCare.None);

    private static bool IsTls(string layer) => layer.StartsWith("tls", StringComparison.Ordinal);

    // What no exchange has, as a message that the capture ends within, has the fields of the protocol that is spoken last.
    private void NoteFields(ReadOnlySpan<byte> stream, IReadOnlyList<MessagePlace> messages, IReadOnlyList<string> layers, bool isReply)
    {
        string? last = layers.LastOrDefault(layer => !IsTls(layer));
        int at = 0;
        foreach (MessagePlace message in messages)
        {
            if (message.At < at || message.At >= stream.Length) continue;
            int from = (int)message.At, length = (int)Math.Min(message.Length, stream.Length - from);
            _fields.Note(stream[at..from], at, last, isReply);
            _fields.Note(stream.Slice(from, length), from, message.Protocol, isReply);
            at = from + length;
        }

        _fields.Note(stream[at..], at, last, isReply);
    }

    private void ScrubHttp(Span<byte> stream, IReadOnlyList<MessagePlace> messages, IReadOnlyList<string> layers, ScrubCare care)
    {
        int at = 0;
        foreach (MessagePlace message in messages)
        {
            if (message.Protocol != "http1" || message.At < at || message.At >= stream.Length) continue;
            ScrubOther(stream[at..(int)message.At], layers, care);
            int length = (int)Math.Min(message.Length, stream.Length - message.At);
            _http.Scrub(stream.Slice((int)message.At, length), care);
            at = (int)message.At + length;
        }

        Span<byte> rest = stream[at..];
        if (layers.Contains("websocket"))
        {
            // The request to change the protocol, and its answer, count as its own.
            bool hasHead = rest.StartsWith("GET "u8) || rest.StartsWith("HTTP/1."u8);
            int head = hasHead ? rest.IndexOf("\r\n\r\n"u8) + 4 : 0;
            if (head > 3) _http.Scrub(rest[..head], care);
            _webSocket.Scrub(rest[(head > 3 ? head : 0)..], care);
        }
        else ScrubOther(rest, layers, care);
    }

    private void ScrubHttp2(Span<byte> stream, IReadOnlyList<MessagePlace> messages, ScrubCare care)
    {
        int at = 0;
        // What was said before the protocol was changed to HTTP/2.
        if (messages is [{ Protocol: "http1", At: 0 } first, ..])
        {
            at = (int)Math.Min(first.Length, stream.Length);
            _http.Scrub(stream[..at], care);
        }

        while (at < stream.Length)
        {
            int start = at;
            while (at < stream.Length && !IsChain(stream[at..])) at++;
            _bodies.Scrub(stream[start..at], "unknown"u8, isStructured: false, care);
            if (at < stream.Length) at += Math.Max(1, _http2.Scrub(stream[at..], care));
        }
    }

    // What is sent again as a heartbeat is the same each time, and so is what stands for it.
    private void ScrubPieces(Span<byte> stream, IReadOnlyList<int> pieces, ScrubCare care)
    {
        int at = 0;
        foreach (int next in pieces)
        {
            if (next <= at || next >= stream.Length) continue;
            ScrubOther(stream[at..next], [], care);
            at = next;
        }

        ScrubOther(stream[at..], [], care);
    }

    // Frames go on to the end, or three follow one another.
    private static bool IsChain(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("PRI * HTTP/2.0\r\n"u8)) return true;
        for (int frames = 0; frames < 3; frames++)
        {
            if (bytes.Length < 9) return frames > 0;
            if (!Http2Scrubber.IsFrame(bytes, out int length)) return false;
            if (bytes.Length <= 9 + length) return true;
            bytes = bytes[(9 + length)..];
        }

        return true;
    }

    private void ScrubOther(Span<byte> bytes, IReadOnlyList<string> layers, ScrubCare care, string? protocol = null)
    {
        if (bytes.IsEmpty) return;
        if (layers.Count == 0) _bodies.Scrub(bytes, default, isStructured: care > ScrubCare.None, care);
        else if (layers.Contains("telnet")) _telnet.Scrub(bytes);
        else if (layers.All(IsText)) _text.Scrub(bytes);
        else _frames.Scrub(bytes, protocol, care);
    }

    private void ScrubMessages(Span<byte> stream, IReadOnlyList<MessagePlace> messages, IReadOnlyList<string> layers, ScrubCare care)
    {
        int at = 0;
        foreach (MessagePlace message in messages)
        {
            if (message.At < at || message.At >= stream.Length) continue;
            ScrubOther(stream[at..(int)message.At], layers, care);
            at = (int)Math.Min(message.At + message.Length, stream.Length);
            ScrubOther(stream[(int)message.At..at], layers, care, message.Protocol);
        }

        ScrubOther(stream[at..], layers, care);
    }

    private static bool IsText(string layer) => layer is "http1" or "smtp" or "ftp" or "pop3" or "imap" or "irc" or "sip" or "commands"
        or "resp" or "nats" or "stomp" or "fix" or "lines";
}
