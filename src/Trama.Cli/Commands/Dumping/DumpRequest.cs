using Trama.Captures;
using Trama.Cli.Capturing;
using Trama.Dump;

namespace Trama.Cli.Commands.Dumping;

/// <summary>What <c>trama dump</c> was asked to do, checked.</summary>
internal sealed record DumpRequest
{
    /// <summary>The device to capture on (<c>-i</c>); null for the default one.</summary>
    public string? Device { get; init; }

    /// <summary>How to capture.</summary>
    public LiveOptions Live { get; init; } = new();

    /// <summary>The files to read one after another (<c>-r</c>, <c>-V</c>); empty to capture live.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>The filter expression; empty lets every packet pass.</summary>
    public string Filter { get; init; } = "";

    /// <summary>Whether libpcap shortens the filter program; <c>-O</c> says no.</summary>
    public bool OptimizeFilter { get; init; } = true;

    /// <summary>
    /// How the filter program is printed instead of a capture: 0 not at all, 1 to 3 for <c>-d</c>, <c>-dd</c>, <c>-ddd</c>.
    /// </summary>
    public int FilterProgram { get; init; }

    /// <summary>How packets are shown.</summary>
    public DumpOptions Text { get; init; } = new();

    /// <summary>The form of what goes to standard output.</summary>
    public DumpForm Form { get; init; }

    /// <summary>Whether lines are coloured.</summary>
    public bool Colour { get; init; }

    /// <summary>Whether packets are shown too when they are written to a file (<c>--print</c>).</summary>
    public bool PrintToo { get; init; }

    /// <summary>Whether packets pass by on the terminal as they are read.</summary>
    public bool ShowsPackets => !Console.IsOutputRedirected && Form != DumpForm.Count && (Output is null || PrintToo);

    /// <summary>Whether it is told whose each packet is (<c>--owners</c>).</summary>
    public bool Owners { get; init; }

    /// <summary>Whether each packet is shown as soon as it was seen (<c>-l</c>).</summary>
    public bool LineBuffered { get; init; }

    /// <summary>The end comes after so many packets (<c>-c</c>); null for no such end.</summary>
    public long? PacketLimit { get; init; }

    /// <summary>The file to write; null for none.</summary>
    public DumpFile? Output { get; init; }

    /// <summary>A list to print instead of a capture.</summary>
    public DumpList List { get; init; }
}
