namespace Trama.Dump.Protocols.Tests.Reference;

/// <summary>The kept list of captures and ways of printing that are byte-identical to tcpdump.</summary>
internal static class IdenticalList
{
    public static string PathIn(string root) => Path.Combine(root, "tests", "Wire", "Trama.Dump.Protocols.Tests", "expected",
        "identical.txt");

    public static string Entry(Comparison comparison) => $"{comparison.Id} -{comparison.Variant.Name}";

    public static HashSet<string> Read(string root) => [.. File.ReadAllLines(PathIn(root))];

    public static void Write(string root, IEnumerable<string> entries) =>
        File.WriteAllLines(PathIn(root), entries.Order(StringComparer.Ordinal));
}
