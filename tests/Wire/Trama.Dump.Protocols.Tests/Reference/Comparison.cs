using Trama.Captures;

namespace Trama.Dump.Protocols.Tests.Reference;

/// <summary>A capture printed in one way, next to what tcpdump printed.</summary>
internal sealed record Comparison(string Capture, Variant Variant, byte[] Expected, byte[] Actual)
{
    public bool IsIdentical => Expected.AsSpan().SequenceEqual(Actual);

    /// <summary>Group and name, as in <c>tcp/zeek-http-proxy.pcap</c>.</summary>
    public string Id => $"{Path.GetFileName(Path.GetDirectoryName(Capture))}/{Path.GetFileName(Capture)}";

    public string Group => Id[..Id.IndexOf('/', StringComparison.Ordinal)];

    public string[] ExpectedLines => Lines(Expected);

    public string[] ActualLines => Lines(Actual);

    /// <summary>How many of tcpdump's lines are there in the same place among our packets' lines.</summary>
    public int CountIdenticalLines()
    {
        if (IsIdentical) return ExpectedLines.Length;
        string[] expected = ExpectedLines, actual = ActualLines;
        int same = 0, next = 0;
        foreach (string line in expected)
        {
            // Extra or missing lines inside a packet shift what follows: look a little ahead before giving a line up.
            int found = Array.IndexOf(actual, line, next, Math.Min(200, actual.Length - next));
            if (found < 0) continue;
            same++;
            next = found + 1;
        }

        return same;
    }

    public static Comparison? Make(string capture, Variant variant) =>
        variant.ReadReference(capture) is { } expected ? new Comparison(capture, variant, expected, Print(capture, variant.Options)) : null;

    /// <summary>Every capture of a folder of reference captures, group by group.</summary>
    public static IEnumerable<string> CapturesIn(string folder) =>
        from name in (string[])["tcp", "lower-layers", "hostile"]
        let @group = Path.Combine(folder, name)
        where Directory.Exists(@group)
        from file in Directory.EnumerateFiles(@group).Order(StringComparer.Ordinal)
        where File.Exists(file + ".n.txt") || File.Exists(file + ".n.txt.gz")
        select file;

    public static byte[] Print(string capture, DumpOptions options)
    {
        var output = new LineWriter();
        var printer = new PacketPrinter(options, output, ProtocolPrinters.Create());
        using CaptureFile file = CaptureFile.Open(capture);
        for (long number = 1; file.TryRead(out var record); number++) printer.Print(record, number);
        return output.Written.ToArray();
    }

    private static string[] Lines(byte[] text) => System.Text.Encoding.Latin1.GetString(text)
        .Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
