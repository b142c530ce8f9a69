namespace Trama.Reports.Forms;

/// <summary>How much of what was traced the forms show.</summary>
public static class FormBounds
{
    /// <summary>How many first bytes of a message are told, unless it is asked for whole.</summary>
    public const int HeadBytes = 256;

    /// <summary>How many packet numbers of a message are told.</summary>
    public const int PacketNumbers = 4096;

    /// <summary>How many first bytes are told of a message that is asked for whole.</summary>
    public const int WholeBytes = 4 << 20;

    /// <summary>How many segments of a connection are drawn.</summary>
    public const int Segments = 5000;

    /// <summary>How many exchanges of a connection are drawn.</summary>
    public const int Exchanges = 500;

    /// <summary>How many connections a page draws, at most; the others are in its list.</summary>
    public const int Connections = 100;

    /// <summary>A page with so many segments draws no more connections.</summary>
    public const int PageSegments = 20_000;

    /// <summary>How many connections the list of a page has, and how many exchanges.</summary>
    public const int Listed = 10_000;

    /// <summary>How many bytes a page spends on one connection; messages that come later are left out.</summary>
    public const int PageConnectionBytes = 2 << 20;

    /// <summary>A page that has spent so many bytes on connections draws no more of them.</summary>
    public const int PageBytes = 16 << 20;
}
