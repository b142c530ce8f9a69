namespace Trama.Framing;

/// <summary>
/// An application protocol, in a folder of its own. It answers a few questions: is this it, where does a message end, what does a request
/// ask for and how did its reply end, which belong together, and must a reply come.
/// </summary>
public abstract class Protocol
{
    /// <summary>Its name, as <c>--framing</c> and the JSON write it (<c>postgresql</c>).</summary>
    public abstract string Name { get; }

    /// <summary>The ports that its servers usually have. A hint: the bytes decide.</summary>
    public virtual ReadOnlySpan<ushort> Ports => [];

    /// <summary>Its names in TLS's ALPN extension (RFC 7301). A hint: the bytes decide.</summary>
    public virtual IReadOnlyList<string> Alpn => [];

    /// <summary>Whether the first bytes of one direction are those of this protocol.</summary>
    /// <param name="speaker">Who says them.</param>
    /// <param name="first">The first bytes, at least one, at most <see cref="MaxFirst"/>.</param>
    /// <param name="isHinted">Whether port or ALPN name it: then bytes that merely fit are enough; without, they must be its own and no
    /// other's.</param>
    public abstract Likeness Resembles(Direction speaker, ReadOnlySpan<byte> first, bool isHinted);

    /// <summary>Whether bytes of one direction, from the middle of a conversation, are those of this protocol and no other's: a
    /// greeting tells nothing there.</summary>
    /// <param name="speaker">Who says them.</param>
    /// <param name="bytes">Bytes as they came, at least one, at most <see cref="MaxFirst"/>.</param>
    public virtual Likeness ResemblesMidway(Direction speaker, ReadOnlySpan<byte> bytes) => Resembles(speaker, bytes, isHinted: false);

    /// <summary>Whether bytes of one direction, from the middle of a conversation, fit this protocol, which port or ALPN name.</summary>
    /// <inheritdoc cref="ResemblesMidway"/>
    public virtual Likeness FitsMidway(Direction speaker, ReadOnlySpan<byte> bytes) => Resembles(speaker, bytes, isHinted: true);

    /// <summary>Whether a peer that plays one side can tell its messages from one direction alone; else only a
    /// <see cref="Conversation"/> reads it.</summary>
    public virtual bool IsOneSided => false;

    /// <summary>How whoever writes messages marks them.</summary>
    public virtual Envelope Envelope => Envelope.None;

    /// <summary>The framing of a new connection.</summary>
    public abstract ConnectionFraming Create();

    /// <summary>The framing of a new connection of which something is known.</summary>
    public virtual ConnectionFraming Create(in FramingContext context) => Create();

    /// <summary>The most bytes that <see cref="Resembles"/> is given.</summary>
    public const int MaxFirst = 64;
}
