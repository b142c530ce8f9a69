namespace Trama.Dump.Transport;

/// <summary>A slot of the cache of what the lines of one direction of an IPv4 connection have in common.</summary>
internal struct DirectionSlot
{
    /// <summary>The sender's and the receiver's address.</summary>
    public ulong Addresses;

    /// <summary>The sender's and the receiver's port.</summary>
    public uint Ports;

    /// <summary>The length of the text from the sender's address to <c>Flags [</c>; 0 in a slot that is not used.</summary>
    public int TextLength;

    /// <summary>The connection's number among the <see cref="RelativeSequences"/>.</summary>
    public int Connection;

    /// <summary>The <see cref="RelativeSequences.Generation"/> in which that number holds.</summary>
    public int Generation;

    /// <summary>Whether the sender is the connection's second end.</summary>
    public bool IsReversed;

    /// <summary>Whether a port is one whose payload has a printer of its own.</summary>
    public bool HasPayloadPrinter;
}
