using Trama.Packets;

namespace Trama.Captures;

/// <summary>
/// Between the numbers of files (LINKTYPE_) and those of libpcap's interface on Linux (DLT_), which differ for a few of the oldest,
/// and how long a packet of a link type can be.
/// </summary>
internal static class LinkTypes
{
    private const int UsualMaximum = 262_144;
    private const int TransferMaximum = 128 * 1024 * 1024;
    private const int HighSpeedMaximum = 8 * 1024 * 1024;

    /// <summary>The number for files. Some programs wrote DLT_ numbers into files, so it also mends those.</summary>
    public static LinkType FromDataLink(int dataLink) => (LinkType)(dataLink switch
    {
        11 => 100,
        12 => 101,
        15 => 102,
        16 => 103,
        19 => 106,
        _ => dataLink,
    });

    /// <summary>The number that libpcap's functions take.</summary>
    public static int ToDataLink(LinkType linkType) => (int)linkType switch
    {
        100 => 11,
        101 => 12,
        102 => 15,
        103 => 16,
        106 => 19,
        int same => same,
    };

    /// <summary>The longest captured length that is believed, in bytes.</summary>
    public static int MaximumLength(LinkType linkType) => (int)linkType switch
    {
        // D-Bus messages and USB transfers (USBPcap).
        231 or 249 => TransferMaximum,
        // Elektrobit High Speed Capture and Replay.
        279 => HighSpeedMaximum,
        _ => UsualMaximum,
    };

    /// <summary>The snapshot length that a file's field stands for: 0, or a number beyond 31 bits, means no limit.</summary>
    public static int SnapLength(LinkType linkType, uint field) => field is 0 or > int.MaxValue ? MaximumLength(linkType) : (int)field;
}
