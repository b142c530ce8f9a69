namespace Trama.Framing.Http2.Fields;

/// <summary>A header field of HTTP/2, each character a byte.</summary>
/// <param name="Name">Its name, in small letters; those of the protocol itself begin with a colon.</param>
/// <param name="Value">What it says.</param>
public readonly record struct HeaderField(string Name, string Value)
{
    // What an entry of a table costs beside its characters (RFC 7541 section 4.1).
    private const int Overhead = 32;

    /// <summary>Its size in a table.</summary>
    public int Size => Name.Length + Value.Length + Overhead;
}
