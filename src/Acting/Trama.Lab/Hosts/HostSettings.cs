namespace Trama.Lab.Hosts;

/// <summary>How a host's kernel speaks TCP.</summary>
internal sealed record HostSettings
{
    private const string Settings = "/proc/sys/net/";

    // Of net.ipv4.tcp_fastopen.
    private const int ClientFastOpen = 1;
    private const int WithoutCookie = 4;

    /// <summary>The largest packet it sends, in bytes.</summary>
    public int Mtu { get; init; } = 1500;

    /// <summary>The time to live of its packets.</summary>
    public int TimeToLive { get; init; } = 64;

    /// <summary>Whether it offers the timestamp option, RFC 7323.</summary>
    public bool Timestamps { get; init; } = true;

    /// <summary>Whether it offers selective acknowledgements, RFC 2018.</summary>
    public bool SelectiveAcknowledgements { get; init; } = true;

    /// <summary>Whether it offers to scale its window, RFC 7323.</summary>
    public bool WindowScaling { get; init; } = true;

    /// <summary>Whether it asks for explicit congestion notification, RFC 3168.</summary>
    public bool CongestionNotification { get; init; }

    /// <summary>The largest receive buffer, in bytes, from which the window scale follows.</summary>
    public int LargestBuffer { get; init; } = 6 << 20;

    /// <summary>The congestion control of its programs' sockets, as the kernel names it.</summary>
    public string CongestionControl { get; init; } = "cubic";

    /// <summary>Whether it answers SYNs from a full queue with cookies, RFC 4987.</summary>
    public bool SynCookies { get; init; } = true;

    /// <summary>Whether its clients may send data with a SYN without a cookie, RFC 7413.</summary>
    public bool FastOpen { get; init; }

    /// <summary>How often a SYN is repeated a second apart before the pause doubles; kernels before 6.5 always double it.</summary>
    public int LinearSyns { get; init; } = 4;

    /// <summary>Whether this machine's kernel has a congestion control.</summary>
    public static bool Has(string congestionControl) =>
        File.ReadAllText(Settings + "ipv4/tcp_available_congestion_control").Split([' ', '\n']).Contains(congestionControl);

    /// <summary>Sets all this, congestion control aside, for the calling thread's network: /proc/sys/net shows the reader's own.</summary>
    public void Apply()
    {
        Set("ipv4/ip_default_ttl", TimeToLive);
        Set("ipv6/conf/default/hop_limit", TimeToLive);
        Set("ipv6/conf/lab0/hop_limit", TimeToLive);
        // Nobody else can have the address.
        Set("ipv6/conf/lab0/accept_dad", 0);
        Set("ipv4/tcp_timestamps", Timestamps ? 1 : 0);
        Set("ipv4/tcp_sack", SelectiveAcknowledgements ? 1 : 0);
        Set("ipv4/tcp_window_scaling", WindowScaling ? 1 : 0);
        Set("ipv4/tcp_ecn", CongestionNotification ? 1 : 2);
        File.WriteAllText(Settings + "ipv4/tcp_rmem", $"4096 131072 {LargestBuffer}");
        Set("ipv4/tcp_syncookies", SynCookies ? 1 : 0);
        Set("ipv4/tcp_fastopen", FastOpen ? ClientFastOpen | WithoutCookie : 0);
        if (File.Exists(Settings + "ipv4/tcp_syn_linear_timeouts")) Set("ipv4/tcp_syn_linear_timeouts", LinearSyns);
    }

    private static void Set(string name, int value) => File.WriteAllText(Settings + name, $"{value}");
}
