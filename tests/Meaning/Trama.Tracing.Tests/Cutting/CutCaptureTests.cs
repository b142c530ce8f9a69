namespace Trama.Tracing.Tests.Cutting;

/// <summary>Packets cut out of the captures of each protocol: nothing wrong is said of what is left, and what was not touched is still
/// there.</summary>
public class CutCaptureTests
{
    private const string Folder = "protocols";
    private const double Kept = 0.95;

    private static readonly string[] Others =
    [
        "../captures/tcp/zeek-ldap-aduser1-ntlm.pcap", "../captures/tcp/zeek-ldap-ldap_invalid_credentials.pcap",
        "../captures/tcp/zeek-ldap-modify-request.pcapng", "../captures/tcp/zeek-ldap-pending-adds-10.pcap",
        "../captures/tcp/zeek-dce-rpc-20-fids.pcap", "../captures/tcp/zeek-smb-raw_ntlm_in_smb.pcap",
        "../captures/tcp/zeek-smb-smb311.pcap",
        "../captures/tcp/zeek-smb-smb_v2_only_non_zero_reserved1.pcap",
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
        new(Path.Combine(TestData.Shared(Folder), capture), withKeys);

    // Each capture as anybody sees it, and where there are keys as who has them does.
    private static TheoryData<string, bool> Rows()
    {
        string beside = Path.Combine(TestData.Root, "..", "shared", Folder), own = Path.Combine(TestData.Root, "tests", "data", Folder);
        string folder = Directory.Exists(beside) ? beside : own;
        var rows = new TheoryData<string, bool>();
        string[] captures = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.pcap*") : [];
        foreach (string path in captures.Order(StringComparer.Ordinal))
        {
            rows.Add(Path.GetFileName(path), false);
            if (CutCapture.KeyLogOf(path).Length > 0) rows.Add(Path.GetFileName(path), true);
        }

        // Of these protocols that folder has few captures, or none.
        foreach (string other in Others)
            if (File.Exists(Path.Combine(folder, other))) rows.Add(other, false);
        if (rows.Count == 0) rows.Add("every capture", false);
        return rows;
    }

    private static void Check(CutCount count)
    {
        Assert.True(count.Wrong.Count == 0, count.ToString());
        Assert.True(count.Kept >= Kept * count.Expected, count.ToString());
    }
}
