using Trama.Packets;

namespace Trama.Dump.Protocols.Tests;

/// <summary>
/// One case of <c>expected/protocols.txt</c> or <c>expected/links.txt</c>: packets that are printed one after the other, and the text that
/// tcpdump 4.99.3 prints of each. A line <c>= NAME LINKTYPE OPTIONS</c> starts a case, <c>&lt; HEX</c> a packet, <c>&gt; TEXT</c> is a
/// line of its text.
/// </summary>
/// <param name="Name">The protocol and the options, for the test's name.</param>
/// <param name="LinkType">The layer at which the packets start.</param>
/// <param name="Verbosity">0, or 1 for <c>-v</c>.</param>
/// <param name="LinkLayer">Whether the link layer is shown (<c>-e</c>).</param>
/// <param name="Packets">The packets, in order.</param>
public sealed record ProtocolCase(string Name, LinkType LinkType, int Verbosity, bool LinkLayer,
    IReadOnlyList<(byte[] Bytes, string Text)> Packets)
{
    private static readonly string Folder = Path.Combine(TestData.Root, "tests", "Wire", "Trama.Dump.Protocols.Tests", "expected");

    /// <summary>All cases.</summary>
    public static IReadOnlyList<ProtocolCase> All { get; } = [.. ReadFile("protocols.txt"), .. ReadFile("links.txt")];

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static List<ProtocolCase> ReadFile(string name) => Read(File.ReadAllLines(Path.Combine(Folder, name)));

    private static List<ProtocolCase> Read(string[] lines)
    {
        var cases = new List<ProtocolCase>();
        var packets = new List<(byte[], string)>();
        foreach (string line in lines)
        {
            string rest = line[2..];
            switch (line[0])
            {
                case '=':
                    string[] words = rest.Split(' ');
                    packets = [];
                    cases.Add(new ProtocolCase($"{words[0]} {words[2]}", (LinkType)int.Parse(words[1]), words[2] == "-nv" ? 1 : 0,
                        words[2] == "-ne", packets));
                    break;
                case '<':
                    packets.Add((Convert.FromHexString(rest), ""));
                    break;
                default:
                    var (bytes, text) = packets[^1];
                    packets[^1] = (bytes, text + rest + "\n");
                    break;
            }
        }

        return cases;
    }
}
