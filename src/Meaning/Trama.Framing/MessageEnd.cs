namespace Trama.Framing;

/// <summary>What is known of a message when it ends.</summary>
/// <param name="traits">Its place in an exchange.</param>
/// <param name="description">A few words for it, in UTF-8; may be empty. Valid during the call that hands it over.</param>
/// <param name="cut">Whether the stream ended inside it.</param>
public readonly ref struct MessageEnd(MessageTraits traits, ReadOnlySpan<byte> description, bool cut)
{
    /// <summary>Its place in an exchange.</summary>
    public MessageTraits Traits { get; } = traits;

    /// <summary>A few words for it, in UTF-8; may be empty. Valid during the call that hands it over.</summary>
    public ReadOnlySpan<byte> Description { get; } = description;

    /// <summary>Whether the stream ended inside it.</summary>
    public bool Cut { get; } = cut;
}
