using Trama.Framing.Commands;
using Trama.Framing.Http;
using Trama.Framing.Resp;
using Trama.Framing.Tls;

namespace Trama.Framing;

/// <summary>A framing as a person chooses it, from which the framing of each connection is made.</summary>
public sealed class FramingRule
{
    /// <summary>The longest delimiter, in bytes.</summary>
    public const int MaxDelimiter = 64;

    private readonly Func<ConnectionFraming>? _create;

    private FramingRule(string name, Func<ConnectionFraming>? create, Envelope? envelope = null)
    {
        Name = name;
        _create = create;
        Envelope = envelope ?? Envelope.None;
    }

    /// <summary>Recognises the protocol from its first bytes; <see cref="Turns"/> when they say nothing.</summary>
    public static FramingRule Auto { get; } = new("auto", null);

    /// <summary>A message is all that one side says until the other speaks.</summary>
    public static FramingRule Turns { get; } =
        new("turns", () => new("turns", new TurnStream(), new TurnStream()) { ByTurns = true });

    /// <summary>A message is a piece of bytes as it comes.</summary>
    public static FramingRule Raw { get; } = new("raw", () => new("raw", new RawStream(), new RawStream()));

    /// <summary>A message is a line.</summary>
    public static FramingRule Lines { get; } = new("lines", () => new("lines", new LineStream(), new LineStream()), new EndEnvelope([(byte)'\n'], afterReturn: true));

    /// <summary>HTTP/1.x.</summary>
    public static FramingRule Http1 { get; } = new("http1", () =>
    {
        var pending = new PendingRequests();
        return new("http1", new HttpRequestStream(pending), new HttpReplyStream(pending)) { Pending = pending };
    }, new HttpEnvelope());

    /// <summary>The Redis protocol, versions 2 and 3.</summary>
    public static FramingRule Resp { get; } = new("resp", () =>
    {
        var pending = new PendingRequests();
        return new("resp", new RespRequestStream(pending), new RespReplyStream(pending)) { Pending = pending };
    });

    /// <summary>TLS: flights of records.</summary>
    public static FramingRule Tls { get; } = new("tls", () => new("tls", new TlsStream(), new TlsStream()) { ByTurns = true });

    /// <summary>Command lines answered by three digits and a text, as in SMTP and FTP.</summary>
    public static FramingRule Commands { get; } = new("commands", () =>
    {
        var dialogue = new CommandDialogue();
        return new("commands", new CommandStream(dialogue), new CodeReplyStream(dialogue));
    });

    /// <summary>POP3.</summary>
    public static FramingRule Pop3 { get; } = new("pop3", () =>
    {
        var dialogue = new CommandDialogue();
        return new("pop3", new CommandStream(dialogue), new PopReplyStream(dialogue));
    });

    /// <summary>The rule as the option writes it: <c>length:u32be+4</c>.</summary>
    public string Name { get; }

    /// <summary>How whoever writes messages marks them.</summary>
    public Envelope Envelope { get; }

    /// <summary>Whether the first bytes decide; only a <see cref="Conversation"/>, which sees both directions, can follow such a rule.</summary>
    public bool IsAuto => _create is null;

    /// <summary>A message ends with <paramref name="delimiter"/>, 1 to <see cref="MaxDelimiter"/> bytes.</summary>
    public static FramingRule Delimiter(ReadOnlySpan<byte> delimiter)
    {
        ArgumentOutOfRangeException.ThrowIfZero(delimiter.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(delimiter.Length, MaxDelimiter);
        byte[] bytes = delimiter.ToArray();
        string name = "delimiter:" + Convert.ToHexStringLower(bytes);
        return new(name, () => new(name, new DelimiterStream(bytes), new DelimiterStream(bytes)), new EndEnvelope(bytes, afterReturn: false));
    }

    /// <summary>A message begins with its length.</summary>
    /// <param name="field">How the length is written.</param>
    /// <param name="adjustment">Bytes that follow the length and are not counted by it; negative when the length also
    /// counts bytes before its end, such as itself.</param>
    public static FramingRule Length(LengthField field, int adjustment = 0)
    {
        string sign = adjustment > 0 ? "+" : "";
        string name = $"length:{field.ToString().ToLowerInvariant()}{(adjustment == 0 ? "" : sign + adjustment)}";
        return new(name, () => new(name, new LengthStream(field, adjustment), new LengthStream(field, adjustment)), new LengthEnvelope(field, adjustment));
    }

    /// <summary>The framing of a new connection.</summary>
    /// <exception cref="InvalidOperationException">The rule is <see cref="Auto"/>.</exception>
    public ConnectionFraming Create() =>
        _create is null ? throw new InvalidOperationException("The first bytes decide this framing.") : _create();

    /// <inheritdoc/>
    public override string ToString() => Name;
}
