namespace Trama.Framing;

/// <summary>A framing as a person chooses it, from which the framing of each connection is made.</summary>
public sealed class FramingRule
{
    /// <summary>The longest delimiter, in bytes.</summary>
    public const int MaxDelimiter = 64;

    private readonly Func<ConnectionFraming>? _create;

    private FramingRule(string name, Func<ConnectionFraming>? create)
    {
        Name = name;
        _create = create;
    }

    /// <summary>Recognises the protocol from its first bytes; <see cref="Turns"/> when they say nothing.</summary>
    public static FramingRule Auto { get; } = new("auto", null);

    /// <summary>A message is all that one side says until the other speaks.</summary>
    public static FramingRule Turns { get; } =
        new("turns", () => new("turns", new TurnStream(), new TurnStream()) { ByTurns = true });

    /// <summary>A message is a piece of bytes as it comes.</summary>
    public static FramingRule Raw { get; } = new("raw", () => new("raw", new RawStream(), new RawStream()));

    /// <summary>A message is a line.</summary>
    public static FramingRule Lines { get; } = new("lines", () => new("lines", new LineStream(), new LineStream()));

    /// <summary>The rule as the option writes it: <c>length:u32be+4</c>.</summary>
    public string Name { get; }

    /// <summary>Whether the first bytes decide; only a <see cref="Conversation"/>, which sees both directions, can follow such a rule.</summary>
    public bool IsAuto => _create is null;

    /// <summary>A message ends with <paramref name="delimiter"/>, 1 to <see cref="MaxDelimiter"/> bytes.</summary>
    public static FramingRule Delimiter(ReadOnlySpan<byte> delimiter)
    {
        ArgumentOutOfRangeException.ThrowIfZero(delimiter.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(delimiter.Length, MaxDelimiter);
        byte[] bytes = delimiter.ToArray();
        string name = "delimiter:" + Convert.ToHexStringLower(bytes);
        return new(name, () => new(name, new DelimiterStream(bytes), new DelimiterStream(bytes)));
    }

    /// <summary>A message begins with its length.</summary>
    /// <param name="field">How the length is written.</param>
    /// <param name="adjustment">Bytes that follow the length and are not counted by it; negative when the length also
    /// counts bytes before its end, such as itself.</param>
    public static FramingRule Length(LengthField field, int adjustment = 0)
    {
        string sign = adjustment > 0 ? "+" : "";
        string name = $"length:{field.ToString().ToLowerInvariant()}{(adjustment == 0 ? "" : sign + adjustment)}";
        return new(name, () => new(name, new LengthStream(field, adjustment), new LengthStream(field, adjustment)));
    }

    /// <summary>The framing of a new connection.</summary>
    /// <exception cref="InvalidOperationException">The rule is <see cref="Auto"/>.</exception>
    public ConnectionFraming Create() =>
        _create is null ? throw new InvalidOperationException("The first bytes decide this framing.") : _create();

    /// <inheritdoc/>
    public override string ToString() => Name;
}
