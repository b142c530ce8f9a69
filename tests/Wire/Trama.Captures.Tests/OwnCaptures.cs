namespace Trama.Captures.Tests;

/// <summary>The captures kept with these tests.</summary>
internal static class OwnCaptures
{
    /// <summary>All of them; each holds the ten packets of the lesson.</summary>
    public static string[] All => Directory.GetFiles(Folder, "*.pcap*");

    /// <summary>The same packets in the formats of other programs, and as text.</summary>
    public static string[] OfOthers => [.. Directory.GetFiles(Folder, "lesson.*").Except(All)];

    private static string Folder => Path.Combine(TestData.Root, "tests", "Wire", "Trama.Captures.Tests", "captures");

    /// <summary>The bytes of one.</summary>
    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(Folder, name));

    /// <summary>The path of one.</summary>
    public static string PathOf(string name) => Path.Combine(Folder, name);
}
