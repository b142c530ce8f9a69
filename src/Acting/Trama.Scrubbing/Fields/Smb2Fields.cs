using System.Buffers.Binary;

namespace Trama.Scrubbing.Fields;

/// <summary>What is read from and written to files over SMB (MS-SMB2 sections 2.2.20 and 2.2.21).</summary>
internal static class Smb2Fields
{
    private const int FrameHeader = 4, Header = 64, CommandAt = 12, FlagsAt = 16, NextAt = 20;
    private const int ReadData = 8, Write = 9;

    private static ReadOnlySpan<byte> Signature => [0xfe, (byte)'S', (byte)'M', (byte)'B'];

    /// <summary>Notes the data of each message; several may be in one frame.</summary>
    public static void Read(MessageFields message)
    {
        ReadOnlySpan<byte> bytes = message.Bytes;
        for (int at = 0; bytes.Length - at > FrameHeader;)
        {
            int length = bytes[at + 1] << 16 | bytes[at + 2] << 8 | bytes[at + 3];
            ReadFrame(message.Part(at + FrameHeader, length));
            at += FrameHeader + length;
        }
    }

    private static void ReadFrame(MessageFields frame)
    {
        while (frame.Bytes.Length > Header + sizeof(long) && frame.Bytes.StartsWith(Signature))
        {
            ReadOnlySpan<byte> bytes = frame.Bytes;
            int command = BinaryPrimitives.ReadUInt16LittleEndian(bytes[CommandAt..]);
            bool isReply = (bytes[FlagsAt] & 1) != 0;
            // Where the data is, from the header on, and how many bytes it has.
            int from = command == Write ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[(Header + 2)..]) : bytes[Header + 2];
            int length = BinaryPrimitives.ReadInt32LittleEndian(bytes[(Header + 4)..]);
            if (from > Header && (command == Write && !isReply || command == ReadData && isReply)) frame.Value(from, length);
            int next = BinaryPrimitives.ReadInt32LittleEndian(bytes[NextAt..]);
            if (next <= 0) return;
            frame = frame.Part(next, bytes.Length - next);
        }
    }
}
