using System.Net;
using Trama.Lab.Hosts;
using Trama.Lab.Paths;

namespace Trama.Lab.Experiments;

/// <summary>What has nothing to do with the fault: hosts, addresses, the path, how the captures are taken.</summary>
internal sealed record Surroundings
{
    private const double NanosecondsPerMillisecond = 1e6;
    private const double PlainRtt = 20;
    private const int PlainHops = 8;
    private const int PlainPort = 5000;

    /// <summary>The round-trip time, in milliseconds.</summary>
    public required double RttMs { get; init; }

    /// <summary>By how much the delay of a packet varies, each way, in milliseconds.</summary>
    public double JitterMs { get; init; }

    /// <summary>The number of routers.</summary>
    public required int Hops { get; init; }

    /// <summary>The server's port.</summary>
    public required int Port { get; init; }

    /// <summary>The client's address.</summary>
    public required IPAddress ClientAddress { get; init; }

    /// <summary>The server's address.</summary>
    public required IPAddress ServerAddress { get; init; }

    /// <summary>Another address of the server's host; null where it has one.</summary>
    public IPAddress? OtherServerAddress { get; init; }

    /// <summary>The client's kernel.</summary>
    public HostSettings ClientHost { get; init; } = new();

    /// <summary>The server's kernel.</summary>
    public HostSettings ServerHost { get; init; } = new();

    /// <summary>How the captures are taken.</summary>
    public CaptureSettings Capture { get; init; } = new();

    /// <summary>Whether another, healthy connection runs beside.</summary>
    public bool Company { get; init; }

    /// <summary>How the messages say where they end.</summary>
    public Programs.Format Format { get; init; }

    /// <summary>Whether the addresses are IPv6 ones.</summary>
    public bool IsIpv6 => ClientAddress.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6;

    /// <summary>The path without obstacles.</summary>
    public WireSettings Wire(int seed) => new()
    {
        RoundTrip = Nanoseconds(RttMs),
        Jitter = Nanoseconds(JitterMs),
        Hops = Hops,
        ServerPort = Port,
        Seed = seed,
    };

    /// <summary>Draws surroundings with a round-trip time between these, in milliseconds.</summary>
    public static Surroundings Draw(Dice dice, double leastRtt = 0.2, double mostRtt = 150)
    {
        if (dice.IsPlain) return Plain(Math.Clamp(PlainRtt, leastRtt, mostRtt));
        double rtt = dice.Spread(leastRtt, mostRtt);
        bool ipv6 = dice.Chance(0.3);
        bool timestamps = dice.Chance(0.85);
        string congestion = dice.Pick("cubic", "cubic", "cubic", "reno", "bbr");
        if (!HostSettings.Has(congestion)) congestion = "cubic";
        return new Surroundings
        {
            RttMs = rtt,
            JitterMs = rtt > 5 && dice.Chance(0.3) ? Math.Round(rtt * 0.03, 3) : 0,
            Hops = rtt < 1 ? dice.Between(0, 2) : dice.Between(3, 18),
            Port = dice.Pick(5000, 80, 443, 8080, 6379, 5432, 3306, 1883, 25, 9000, dice.Between(1024, 30000)),
            ClientAddress = ipv6 ? Ipv6(dice, 1) : dice.Pick(Ipv4(dice, 10, 20), Ipv4(dice, 192, 168), Ipv4(dice, 172, 20)),
            ServerAddress = ipv6 ? Ipv6(dice, 2) : dice.Pick(Ipv4(dice, 198, 51), Ipv4(dice, 203, 0), Ipv4(dice, 10, 77)),
            ClientHost = new HostSettings
            {
                TimeToLive = dice.Pick(64, 64, 64, 128),
                Timestamps = timestamps,
                WindowScaling = dice.Chance(0.95),
                CongestionNotification = dice.Chance(0.1),
                LargestBuffer = dice.Pick(4, 6, 6, 6, 16, 32) << 20,
                CongestionControl = congestion,
                LinearSyns = dice.Pick(0, 4),
            },
            ServerHost = new HostSettings
            {
                TimeToLive = dice.Pick(64, 64, 64, 128, 255),
                SelectiveAcknowledgements = dice.Chance(0.95),
                LargestBuffer = dice.Pick(4, 6, 6, 6, 16, 32) << 20,
                CongestionControl = congestion,
            },
            Capture = new CaptureSettings
            {
                SnapLength = dice.Pick(CaptureSettings.Whole, CaptureSettings.Whole, 128, 96),
                Nanoseconds = dice.Chance(0.6),
                Ethernet = dice.Chance(0.3),
            },
            Company = dice.Chance(0.2),
            Format = dice.Pick(Programs.Format.Lines, Programs.Format.LengthPrefix, Programs.Format.Binary, Programs.Format.Turns),
        };
    }

    /// <summary>The same, seen by captures that begin after the handshake, one time out of five.</summary>
    public Surroundings MaybeLate(Dice dice) =>
        !dice.IsPlain && dice.Chance(0.2) ? this with
        { Capture = Capture with { BeginsAfterPackets = dice.Between(3, 5) }, Company = false } : this;

    /// <summary>
    /// The same with selective acknowledgements, without which losses, copies and disorder look alike, and with window scaling, without
    /// which a large transfer is limited by its window.
    /// </summary>
    public Surroundings WithOptions() => this with
    {
        ClientHost = ClientHost with { WindowScaling = true },
        ServerHost = ServerHost with { SelectiveAcknowledgements = true },
    };

    /// <summary>The same without company.</summary>
    public Surroundings Alone() => this with { Company = false };

    /// <summary>Milliseconds as nanoseconds.</summary>
    public static long Nanoseconds(double milliseconds) => (long)(milliseconds * NanosecondsPerMillisecond);

    // Addresses of RFC 1918 and RFC 5737.
    private static Surroundings Plain(double rtt) => new()
    {
        RttMs = rtt,
        Hops = PlainHops,
        Port = PlainPort,
        ClientAddress = new IPAddress([192, 168, 1, 10]),
        ServerAddress = new IPAddress([203, 0, 113, 5]),
        Format = Programs.Format.Lines,
    };

    private static IPAddress Ipv4(Dice dice, byte first, byte second) =>
        new([first, second, (byte)dice.Between(0, 255), (byte)dice.Between(1, 254)]);

    private static IPAddress Ipv6(Dice dice, byte subnet)
    {
        byte[] address = new byte[16];
        dice.Fill(address.AsSpan(14));
        (address[0], address[1], address[2], address[7]) = (0xfd, 0x54, 0x52, subnet);
        address[15] |= 1;
        return new IPAddress(address);
    }
}
