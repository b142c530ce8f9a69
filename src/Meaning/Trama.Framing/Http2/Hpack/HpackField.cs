namespace Trama.Framing.Http2.Hpack;

/// <summary>One header field; its value is valid until the next one is read, and empty unless the name is of use.</summary>
internal readonly ref struct HpackField(HeaderName name, ReadOnlySpan<byte> value)
{
    /// <summary>What it is called.</summary>
    public HeaderName Name { get; } = name;

    /// <summary>What it says.</summary>
    public ReadOnlySpan<byte> Value { get; } = value;
}
