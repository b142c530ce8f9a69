namespace Trama.Replay.Adapting.Http2;

/// <summary>A header field of HTTP/2, each character a byte.</summary>
internal readonly record struct HeaderField(string Name, string Value)
{
    // What an entry of a table costs beside its characters (RFC 7541 section 4.1).
    private const int Overhead = 32;

    /// <summary>Its size in a table.</summary>
    public int Size => Name.Length + Value.Length + Overhead;
}
