using System.Runtime.CompilerServices;
using Trama.Dump.Names;
using Trama.Dump.Text;
using Trama.Dump.Transport;

namespace Trama.Dump;

/// <summary>
/// The printing of one packet in progress: what the printers of all layers share.
/// </summary>
/// <remarks>
/// <para>
/// A read beyond the captured bytes ends the line there, as tcpdump does it. The read yields zero, the place in the
/// text is noted, and whatever printers still append behind it is taken back when the packet is finished; so printers read
/// fields without a test of their own. A read inside an interpolated string takes the whole string back.
/// </para>
/// <para>
/// Two things follow for a printer. A loop must end by itself when all it reads is zero: test <see cref="IsCut"/> in the
/// condition of any loop whose bound does not come from bytes that were captured. And a table that later packets depend
/// on may be changed only while <see cref="IsCut"/> is false.
/// </para>
/// <para>
/// A printer speaks by <see cref="Print"/>: one call for each thing that is shown whole or not at all, its fields read in the call.
/// <see cref="Output"/> is appended to directly where nothing is read by the call: for text that is always there, for numbers that were
/// read before, and for the many bytes of a dump. It is the cheaper way, so the layers of every packet (Ethernet, IP, TCP) use it where
/// they can.
/// </para>
/// <para>
/// Where tcpdump says that something is missing but goes on with the line, ask the <see cref="PacketBytes"/> whether they have the bytes
/// and call
/// <see cref="Truncated"/>.
/// </para>
/// </remarks>
internal sealed class Dissection(DumpOptions options, LineWriter output, PrinterRegistry printers)
{
    private int _cutAt = -1;
    private string _cutIn = "";

    /// <summary>What to show.</summary>
    public DumpOptions Options { get; } = options;

    /// <summary>Where the text goes.</summary>
    public LineWriter Output { get; } = output;

    /// <summary>The printers of what the engine itself does not know.</summary>
    public PrinterRegistry Printers { get; } = printers;

    /// <summary>The relative sequence numbers of TCP, kept from packet to packet.</summary>
    public RelativeSequences Sequences { get; } = new();

    /// <summary>The text of addresses and ports.</summary>
    public AddressText Addresses { get; } = new(options, output);

    /// <summary>The protocol being printed, as it is named in <c>[|tcp]</c>.</summary>
    public string Protocol { get; set; } = "";

    /// <summary>How much detail: 0, or 1 to 3 for <c>-v</c>, <c>-vv</c>, <c>-vvv</c>.</summary>
    public int Verbosity => Options.Verbosity;

    /// <summary>How deep printers are nested in each other; bounded by <see cref="TryEnter"/>.</summary>
    public int Depth { get; private set; }

    /// <summary>Whether a read went beyond the captured bytes.</summary>
    public bool IsCut => _cutAt >= 0;

    /// <summary>
    /// Whether packets of unknown kind are shown as bytes; not when the user asked for bytes anyway or for quiet.
    /// </summary>
    public bool ShowsUnknownAsBytes => !Options.Quiet && Options.Bytes == ByteDump.None;

    /// <summary>Notes that the capture ended before the packet did: nothing appended after this stays.</summary>
    public void Cut()
    {
        if (IsCut) return;
        _cutAt = Output.UnfinishedFrom >= 0 ? Output.UnfinishedFrom : Output.Length;
        _cutIn = Protocol;
    }

    /// <summary>Appends an interpolated string as a whole: see <see cref="DissectionText"/>.</summary>
    public void Print([InterpolatedStringHandlerArgument("")] ref DissectionText text) => Output.UnfinishedFrom = -1;

    /// <summary>
    /// Moves a cut that happened behind <paramref name="start"/> there: what was appended since is shown whole or not at all.
    /// </summary>
    public void TakeBackTo(int start) => _cutAt = Math.Min(_cutAt, start);

    /// <summary>Says that the current protocol's bytes end too early (<c> [|tcp]</c>), and lets the line go on.</summary>
    public void Truncated() => Output.Append($" [|{Protocol}]");

    /// <summary>Says that the bytes contradict themselves (<c> (invalid)</c>), and lets the line go on.</summary>
    public void Invalid() => Output.Append(" (invalid)"u8);

    /// <summary>
    /// Goes one layer deeper. Tunnels in tunnels are followed 128 layers deep, and then cut: no packet may exhaust the stack.
    /// Every true answer must be paired with <see cref="Leave"/>.
    /// </summary>
    public bool TryEnter()
    {
        if (Depth == 128)
        {
            Cut();
            return false;
        }

        Depth++;
        return true;
    }

    /// <summary>Comes back from one layer.</summary>
    public void Leave() => Depth--;

    /// <summary>Forgets the packet before and starts with a new one.</summary>
    public void Begin()
    {
        _cutAt = -1;
        Protocol = "";
        Depth = 0;
    }

    /// <summary>Takes back what followed a cut, and says in which protocol it was.</summary>
    public void End()
    {
        if (!IsCut) return;
        Output.Length = _cutAt;
        Output.Append($" [|{_cutIn}]");
    }
}
