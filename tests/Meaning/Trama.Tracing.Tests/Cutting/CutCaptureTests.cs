namespace Trama.Tracing.Tests.Cutting;

/// <summary>Packets cut out of the captures of each protocol: nothing wrong is said of what is left, and what was not touched is still
/// there.</summary>
/// <param name="report">Counts by protocol.</param>
public class CutCaptureTests(CutReport report) : IClassFixture<CutReport>
{
    private const string Folder = "protocols";

    private static readonly string[] Others =
    [
        "captures/tcp/zeek-ldap-aduser1-ntlm.pcap", "captures/tcp/zeek-ldap-ldap_invalid_credentials.pcap",
        "captures/tcp/zeek-ldap-modify-request.pcapng", "captures/tcp/zeek-ldap-pending-adds-10.pcap",
        "captures/tcp/zeek-dce-rpc-20-fids.pcap", "captures/tcp/zeek-smb-raw_ntlm_in_smb.pcap",
        "captures/tcp/zeek-smb-smb311.pcap",
        "captures/tcp/zeek-smb-smb_v2_only_non_zero_reserved1.pcap",
    ];

    // Without the captures, one row is skipped and says why.
    public static TheoryData<string, bool> Captures { get; } = Rows();

    [Theory]
    [MemberData(nameof(Captures))]
    public void Without_any_one_packet_nothing_wrong_is_said(string capture, bool withKeys) => Check(Cut(capture, withKeys).WithoutEach());

    [Theory]
    [MemberData(nameof(Captures))]
    public void From_any_packet_on_nothing_wrong_is_said(string capture, bool withKeys) => Check(Cut(capture, withKeys).WithoutFirst());

    private static CutCapture Cut(string capture, bool withKeys) =>
        new(TestData.Shared(capture), withKeys);

    // Each capture as anybody sees it, and where there are keys as who has them does.
    private static TheoryData<string, bool> Rows()
    {
        string beside = Path.Combine(TestData.Root, "..", "shared"), own = Path.Combine(TestData.Root, "tests", "data");
        string shared = Directory.Exists(Path.Combine(beside, Folder)) ? beside : own;
        string[] captures =
        [
            .. In(shared, Folder), .. In(own, "recorded"),
            // Of these protocols those folders have few captures, or none.
            .. Others.Where(other => File.Exists(Path.Combine(shared, other))),
        ];
        var rows = new TheoryData<string, bool>();
        foreach (string capture in captures)
        {
            rows.Add(capture, false);
            if (KeyLogOf(capture).Length > 0) rows.Add(capture, true);
        }

        if (rows.Count == 0) rows.Add("every capture", false);
        return rows;

        byte[] KeyLogOf(string capture) =>
            CutCapture.KeyLogOf(Path.Combine(File.Exists(Path.Combine(shared, capture)) ? shared : own, capture));
    }

    private static IEnumerable<string> In(string root, string folder) => !Directory.Exists(Path.Combine(root, folder)) ? []
        : Directory.GetFiles(Path.Combine(root, folder), "*.pcap*").Select(path => $"{folder}/{Path.GetFileName(path)}")
            .Order(StringComparer.Ordinal);

    private void Check(CutCount count)
    {
        Assert.True(count.Wrong.Count == 0, count.ToString());
        Assert.True(count.Kept >= CutReport.Least * count.Expected, count.ToString());
        report.Add(count);
    }
}
