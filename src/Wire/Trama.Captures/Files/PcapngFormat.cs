namespace Trama.Captures.Files;

/// <summary>Numbers of the pcapng format (draft-ietf-opsawg-pcapng).</summary>
internal static class PcapngFormat
{
    /// <summary>Section header block; reads the same in both byte orders.</summary>
    public const uint SectionHeader = 0x0A0D0D0A;

    /// <summary>Interface description block.</summary>
    public const uint InterfaceDescription = 1;

    /// <summary>Packet block, obsolete.</summary>
    public const uint ObsoletePacket = 2;

    /// <summary>Simple packet block.</summary>
    public const uint SimplePacket = 3;

    /// <summary>Interface statistics block.</summary>
    public const uint InterfaceStatistics = 5;

    /// <summary>Enhanced packet block.</summary>
    public const uint EnhancedPacket = 6;

    /// <summary>Decryption secrets block.</summary>
    public const uint DecryptionSecrets = 10;

    /// <summary>Secrets of TLS, as the text of a key log: "TLSK".</summary>
    public const uint TlsKeyLog = 0x544c534b;

    /// <summary>The mark that tells a section's byte order.</summary>
    public const uint ByteOrderMark = 0x1A2B3C4D;

    /// <summary>Type and length in front of a block's body.</summary>
    public const int BlockHeaderLength = 8;

    /// <summary>The length again, behind it.</summary>
    public const int BlockTrailerLength = 4;

    /// <summary>The fixed part of a section header's body.</summary>
    public const int SectionHeaderLength = 16;

    /// <summary>The fixed part of an interface description's body.</summary>
    public const int InterfaceDescriptionLength = 8;

    /// <summary>The fixed part of an enhanced or obsolete packet block's body.</summary>
    public const int PacketLength = 20;

    /// <summary>End of a block's options.</summary>
    public const ushort EndOfOptions = 0;

    /// <summary>A comment, UTF-8, in any block.</summary>
    public const ushort Comment = 1;

    /// <summary>The hardware of the capturing machine, in a section header.</summary>
    public const ushort SectionHardware = 2;

    /// <summary>The operating system of the capturing machine, in a section header.</summary>
    public const ushort SectionOperatingSystem = 3;

    /// <summary>The program that wrote the section.</summary>
    public const ushort SectionApplication = 4;

    /// <summary>An interface's name.</summary>
    public const ushort InterfaceName = 2;

    /// <summary>An interface's description.</summary>
    public const ushort InterfaceText = 3;

    /// <summary>The resolution of an interface's timestamps: a negative power of 10, or of 2 with the upper bit set.</summary>
    public const ushort InterfaceTimestampResolution = 9;

    /// <summary>The filter used on an interface: a byte 0, then the expression.</summary>
    public const ushort InterfaceFilter = 11;

    /// <summary>The operating system of the interface's machine.</summary>
    public const ushort InterfaceOperatingSystem = 12;

    /// <summary>Seconds to add to an interface's timestamps, signed 64 bits.</summary>
    public const ushort InterfaceTimestampOffset = 14;

    /// <summary>When a capture on an interface started.</summary>
    public const ushort StatisticsStart = 2;

    /// <summary>When it ended.</summary>
    public const ushort StatisticsEnd = 3;

    /// <summary>Packets that the interface's capture received.</summary>
    public const ushort StatisticsReceived = 4;

    /// <summary>Packets lost by the device or its driver.</summary>
    public const ushort StatisticsInterfaceDrops = 5;

    /// <summary>Packets lost by the operating system.</summary>
    public const ushort StatisticsKernelDrops = 7;

    /// <summary>
    /// What was noted of a packet's TCP payload by who did not keep it: <see cref="Packets.Record.PayloadNote"/>, and, if it is there, the
    /// CRC-32C of the payload. A number of the range that is free for local use.
    /// </summary>
    public const ushort PayloadNote = 0x8074;

    /// <summary>How many bytes <paramref name="length"/> bytes take with their padding to 32 bits.</summary>
    public static int Padded(int length) => (length + 3) & ~3;
}
