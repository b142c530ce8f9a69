namespace Trama.Dump;

/// <summary>
/// The printing of one packet in progress: what the printers of all layers share.
/// </summary>
/// <remarks>
/// A read beyond the captured bytes ends the line there, as tcpdump does it. The read yields zero, the place in the
/// text is noted, and whatever printers still append behind it is taken back when the packet is finished; so printers read
/// fields without a test of their own, and only loops must take care to end.
/// </remarks>
internal sealed class Dissection(DumpOptions options, LineWriter output)
{
    private int _cutAt = -1;
    private string _cutIn = "";

    /// <summary>What to show.</summary>
    public DumpOptions Options { get; } = options;

    /// <summary>Where the text goes.</summary>
    public LineWriter Output { get; } = output;

    /// <summary>The protocol being printed, as it is named in <c>[|tcp]</c>.</summary>
    public string Protocol { get; set; } = "";

    /// <summary>Whether a read went beyond the captured bytes.</summary>
    public bool IsCut => _cutAt >= 0;

    /// <summary>Notes that the capture ended before the packet did: nothing appended after this stays.</summary>
    public void Cut()
    {
        if (IsCut) return;
        _cutAt = Output.Length;
        _cutIn = Protocol;
    }

    /// <summary>Forgets the packet before and starts with a new one.</summary>
    public void Begin()
    {
        _cutAt = -1;
        Protocol = "";
    }

    /// <summary>Takes back what followed a cut, and says in which protocol it was.</summary>
    public void End()
    {
        if (!IsCut) return;
        Output.Length = _cutAt;
        Output.Append(" [|"u8);
        foreach (char letter in _cutIn) Output.Append((byte)letter);
        Output.Append("]"u8);
    }
}
