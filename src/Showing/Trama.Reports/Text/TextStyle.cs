namespace Trama.Reports.Text;

/// <summary>
/// How a piece of text looks on a terminal with colour. Without colour all look alike, so no style carries meaning alone.
/// </summary>
public enum TextStyle : byte
{
    /// <summary>As the terminal has it.</summary>
    Plain,

    /// <summary>Of less importance.</summary>
    Dim,

    /// <summary>Of more importance.</summary>
    Bold,

    /// <summary>The client's.</summary>
    Client,

    /// <summary>The client's, more important.</summary>
    ClientBold,

    /// <summary>The server's.</summary>
    Server,

    /// <summary>The server's, more important.</summary>
    ServerBold,

    /// <summary>Something to look at.</summary>
    Warning,

    /// <summary>Something that went wrong.</summary>
    Error,

    /// <summary>A connection opens.</summary>
    Opening,

    /// <summary>A connection closes.</summary>
    Closing,

    /// <summary>A connection breaks, or a warning that must not be overlooked.</summary>
    Breaking,
}
