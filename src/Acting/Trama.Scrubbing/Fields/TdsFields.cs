using System.Buffers.Binary;

namespace Trama.Scrubbing.Fields;

/// <summary>What logs in to SQL Server: the message LOGIN7, of one packet or of several (MS-TDS section 2.2.6.4).</summary>
internal static class TdsFields
{
    private const byte Login7 = 16;
    private const int PacketHeader = 8, LengthAt = 2, FixedLength = 94;

    // Where the table says where each field is, and how many letters it has.
    private static readonly int[] NamesAt = [36, 40, 48, 52, 60, 64, 68, 82];

    private const int PasswordAt = 44, ExtensionAt = 56, DeviceAt = 72, SspiAt = 78, ChangeAt = 86, LongSspiAt = 90;
    private const int DeviceLength = 6, UnitOfText = 2;
    private const byte HasExtension = 0x10, FederatedFeature = 2, EndOfFeatures = 0xff;
    private const int ThirdFlagsAt = 27;

    /// <summary>Notes its passwords, tokens, names, and the address of the device.</summary>
    public static void Read(MessageFields message)
    {
        if (message.Bytes is not [Login7, ..] || message.IsReply) return;
        List<(int From, int Length)> parts = [];
        ReadOnlySpan<byte> bytes = message.Bytes;
        for (int at = 0; bytes.Length - at > PacketHeader;)
        {
            int length = Math.Max(PacketHeader, (int)BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + LengthAt)..]));
            parts.Add((at + PacketHeader, length - PacketHeader));
            at += length;
        }

        if (parts.Count > 0) ReadLogin(message.Joined(parts));
    }

    private static void ReadLogin(MessageFields login)
    {
        ReadOnlySpan<byte> bytes = login.Bytes;
        if (bytes.Length < FixedLength) return;
        foreach (int at in (ReadOnlySpan<int>)[PasswordAt, ChangeAt])
            login.MixedSecret(Number(bytes, at), UnitOfText * Number(bytes, at + 2));
        foreach (int at in NamesAt) login.WideName(Number(bytes, at), UnitOfText * Number(bytes, at + 2));
        login.Hardware(DeviceAt, DeviceLength);
        // Where two bytes do not suffice, four say how long it is.
        int sspi = Number(bytes, SspiAt + 2);
        if (sspi == ushort.MaxValue) sspi = Math.Max(sspi, BinaryPrimitives.ReadInt32LittleEndian(bytes[LongSspiAt..]));
        login.Secret(Number(bytes, SspiAt), sspi);
        if ((bytes[ThirdFlagsAt] & HasExtension) == 0) return;
        var place = new FieldCursor(bytes, Number(bytes, ExtensionAt));
        ReadFeatures(login, (int)place.Little(4));
    }

    private static void ReadFeatures(MessageFields login, int at)
    {
        if (at < FixedLength) return;
        var features = new FieldCursor(login.Bytes, at);
        while (features.Left > 0)
        {
            long feature = features.Big(1);
            if (feature == EndOfFeatures) return;
            (int from, int length) = features.Take(features.Little(4));
            // Options, a length and the token of a federation (section 2.2.6.4, FEDAUTH).
            if (feature == FederatedFeature && length > 5) login.Secret(from + 5, length - 5);
        }
    }

    private static int Number(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);
}
