namespace Trama.Reports.Forms;

/// <summary>How much of what was traced the forms show.</summary>
public static class FormBounds
{
    /// <summary>How many first bytes of a message are told, unless it is asked for whole.</summary>
    public const int HeadBytes = 256;

    /// <summary>How many packet numbers of a message are told.</summary>
    public const int PacketNumbers = 4096;

    /// <summary>How many segments of a connection are drawn.</summary>
    public const int Segments = 5000;

    /// <summary>How many connections a page draws; the others are in its list.</summary>
    public const int Connections = 100;
}
