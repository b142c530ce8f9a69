namespace Trama.Dump.Protocols.Application.Snmp;

/// <summary>One value of the basic encoding rules (X.690), as far as SNMP uses them.</summary>
/// <param name="kind">What it is.</param>
/// <param name="id">The number in its tag.</param>
/// <param name="content">Its content.</param>
internal readonly ref struct BerElement(BerKind kind, int id, PacketBytes content)
{
    /// <summary>What it is.</summary>
    public BerKind Kind { get; } = kind;

    /// <summary>The number in its tag.</summary>
    public int Id { get; } = id;

    /// <summary>Its content.</summary>
    public PacketBytes Content { get; } = content;

    /// <summary>The content as a number with sign, of its lowest 32 bits.</summary>
    public int Integer
    {
        get
        {
            int value = Content.Length > 0 && (Content.U8(0) & 0x80) != 0 ? -1 : 0;
            foreach (byte octet in Content.Captured) value = value << 8 | octet;
            return value;
        }
    }

    /// <summary>The content as a number without sign, of its lowest 64 bits.</summary>
    public ulong Unsigned
    {
        get
        {
            ulong value = 0;
            foreach (byte octet in Content.Captured) value = value << 8 | octet;
            return value;
        }
    }
}
