using System.IO.Compression;

namespace Trama.Dump.Protocols.Tests.Reference;

/// <summary>One way of calling tcpdump whose output is kept beside each reference capture.</summary>
internal sealed record Variant(string Name, DumpOptions Options)
{
    private static readonly DumpOptions Numeric = new() { NumericAddresses = true, NumericPorts = true, Zone = TimeZoneInfo.Utc };

    public static IReadOnlyList<Variant> All { get; } =
    [
        new("n", Numeric),
        new("nv", Numeric with { Verbosity = 1 }),
        new("nS", Numeric with { AbsoluteSequenceNumbers = true }),
        new("ne", Numeric with { LinkLayer = true }),
        new("nX", Numeric with { Bytes = ByteDump.HexAndAscii }),
    ];

    /// <summary>What tcpdump printed for a capture in this way; null when it was not kept.</summary>
    public byte[]? ReadReference(string capture)
    {
        string path = $"{capture}.{Name}.txt";
        if (File.Exists(path)) return File.ReadAllBytes(path);
        path += ".gz";
        if (!File.Exists(path)) return null;
        using var unpacked = new MemoryStream();
        using (var packed = new GZipStream(File.OpenRead(path), CompressionMode.Decompress)) packed.CopyTo(unpacked);
        return unpacked.ToArray();
    }
}
