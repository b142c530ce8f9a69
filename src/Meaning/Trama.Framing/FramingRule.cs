using Trama.Framing.Tls;

namespace Trama.Framing;

/// <summary>A framing as a person chooses it, from which the framing of each connection is made.</summary>
public sealed class FramingRule
{
    /// <summary>The longest delimiter, in bytes.</summary>
    public const int MaxDelimiter = 64;

    private readonly Func<FramingContext, ConnectionFraming>? _create;
    private readonly IReadOnlyDictionary<int, FramingRule>? _byPort;

    private FramingRule(string name, Func<ConnectionFraming>? create, Envelope? envelope = null)
    {
        Name = name;
        if (create is not null) _create = _ => create();
        Envelope = envelope ?? Envelope.None;
    }

    private FramingRule(Protocol protocol)
    {
        (Name, Envelope, NeedsBothSides) = (protocol.Name, protocol.Envelope, !protocol.IsOneSided);
        _create = context =>
        {
            ConnectionFraming framing = protocol.Create(context);
            framing.Protocol = protocol.Name;
            return framing;
        };
    }

    private FramingRule(IReadOnlyDictionary<int, FramingRule> byPort, FramingRule otherwise)
        : this(string.Join(',', byPort.Select(rule => $"{rule.Key}={rule.Value.Name}").Append(otherwise.Name)), null)
    {
        (_byPort, Otherwise) = (byPort, otherwise);
    }

    /// <summary>Recognises the protocol from its first bytes; <see cref="Turns"/> when they say nothing.</summary>
    public static FramingRule Auto { get; } = new("auto", null) { NeedsBothSides = true };

    /// <summary>A message is all that one side says until the other speaks.</summary>
    public static FramingRule Turns { get; } =
        new("turns", () => new("turns", new TurnStream(), new TurnStream()) { ByTurns = true }) { NeedsBothSides = true };

    /// <summary>A message is a piece of bytes as it comes.</summary>
    public static FramingRule Raw { get; } = new("raw", () => new("raw", new RawStream(), new RawStream()));

    /// <summary>A message is a line.</summary>
    public static FramingRule Lines { get; } = new("lines", () => new("lines", new LineStream(), new LineStream()),
        new EndEnvelope([(byte)'\n'], afterReturn: true));

    /// <summary>The rules of <see cref="Protocols.All"/>, in the same order.</summary>
    public static IReadOnlyList<FramingRule> OfProtocols { get; } = [.. Protocols.All.Select(protocol => new FramingRule(protocol))];

    /// <summary>HTTP/1.x.</summary>
    public static FramingRule Http1 { get; } = OfProtocol("http1");

    /// <summary>The Redis protocol, versions 2 and 3.</summary>
    public static FramingRule Resp { get; } = OfProtocol("resp");

    /// <summary>TLS: flights of records.</summary>
    public static FramingRule Tls { get; } = OfProtocol("tls");

    /// <summary>The rule as the option writes it: <c>length:u32be+4</c>.</summary>
    public string Name { get; }

    /// <summary>How whoever writes messages marks them.</summary>
    public Envelope Envelope { get; }

    /// <summary>Whether only a <see cref="Conversation"/>, which sees both directions, can follow the rule.</summary>
    public bool NeedsBothSides { get; private init; }

    /// <summary>Whether the first bytes decide.</summary>
    public bool IsAuto => _create is null;

    private FramingRule Otherwise { get; } = null!;

    /// <summary>TLS that carries a protocol of <see cref="Protocols.All"/> which asked for it and goes on in it without a
    /// greeting.</summary>
    internal static FramingRule TlsWith(string protocol) => Of(new TlsProtocol(OfProtocol(protocol)));

    /// <summary>The rule of a protocol as it goes on from another.</summary>
    internal static FramingRule Of(Protocol protocol) => new(protocol);

    /// <summary>The rule of a protocol of <see cref="Protocols.All"/>.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="ArgumentException">There is none of this name.</exception>
    public static FramingRule OfProtocol(string name) =>
        OfProtocols.FirstOrDefault(rule => rule.Name == name) ?? throw new ArgumentException($"No protocol is named {name}.", nameof(name));

    /// <summary>Different rules for the connections to some ports of servers.</summary>
    /// <param name="byPort">The rule for each of these ports.</param>
    /// <param name="otherwise">The rule for all other ports.</param>
    public static FramingRule ByPort(IReadOnlyDictionary<int, FramingRule> byPort, FramingRule otherwise) =>
        new(byPort, otherwise) { NeedsBothSides = true };

    /// <summary>The rule for a connection to a port.</summary>
    public FramingRule For(int serverPort) => _byPort is null ? this : _byPort.GetValueOrDefault(serverPort, Otherwise);

    /// <summary>A message ends with <paramref name="delimiter"/>, 1 to <see cref="MaxDelimiter"/> bytes.</summary>
    public static FramingRule Delimiter(ReadOnlySpan<byte> delimiter)
    {
        ArgumentOutOfRangeException.ThrowIfZero(delimiter.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(delimiter.Length, MaxDelimiter);
        byte[] bytes = delimiter.ToArray();
        string name = "delimiter:" + Convert.ToHexStringLower(bytes);
        return new(name, () => new(name, new DelimiterStream(bytes), new DelimiterStream(bytes)),
            new EndEnvelope(bytes, afterReturn: false));
    }

    /// <summary>A message begins with its length.</summary>
    /// <param name="field">How the length is written.</param>
    /// <param name="adjustment">Bytes that follow the length and are not counted by it; negative when the length also
    /// counts bytes before its end, such as itself.</param>
    public static FramingRule Length(LengthField field, int adjustment = 0)
    {
        string sign = adjustment > 0 ? "+" : "";
        string name = $"length:{field.ToString().ToLowerInvariant()}{(adjustment == 0 ? "" : sign + adjustment)}";
        return new(name, () => new(name, new LengthStream(field, adjustment), new LengthStream(field, adjustment)),
            new LengthEnvelope(field, adjustment));
    }

    /// <summary>The framing of a new connection.</summary>
    /// <param name="context">What is known of the connection.</param>
    /// <exception cref="InvalidOperationException">The rule <see cref="IsAuto"/>, or depends on the port.</exception>
    public ConnectionFraming Create(in FramingContext context = default) =>
        _create is null ? throw new InvalidOperationException("The connection decides this framing.") : _create(context);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
