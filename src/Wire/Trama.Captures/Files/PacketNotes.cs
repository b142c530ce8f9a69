using System.Buffers.Binary;
using System.Text;
using Trama.Packets;

namespace Trama.Captures.Files;

/// <summary>Comments of packets, and which way the packets went, as pcapng has them.</summary>
public static class PacketNotes
{
    private const ushort Flags = 2;
    private const int Inbound = 1, Outbound = 2, DirectionMask = 3;
    private const int MaxComments = 16;

    /// <summary>Reads what is said of a packet.</summary>
    /// <param name="notes">The record's notes.</param>
    /// <param name="comments">Takes the comments, at most 16.</param>
    /// <returns>Which way it went; <see cref="CaptureDirection.Both"/> when that is not said.</returns>
    public static CaptureDirection Read(RecordNotes notes, List<string> comments)
    {
        ArgumentNullException.ThrowIfNull(comments);
        var order = new FieldOrder(notes.IsBigEndian);
        var direction = CaptureDirection.Both;
        var options = new PcapngOptions(notes.Options, order);
        while (options.MoveNext())
        {
            if (options.Code == PcapngFormat.Comment && comments.Count < MaxComments) comments.Add(Encoding.UTF8.GetString(options.Value));
            else if (options.Code == Flags && options.Value.Length == sizeof(uint)) direction = Direction(order.U32(options.Value, 0));
        }

        return direction;
    }

    /// <summary>The options of a block with these comments, to be given to a record that will be written.</summary>
    public static byte[] Write(IEnumerable<string> comments, CaptureDirection direction)
    {
        ArgumentNullException.ThrowIfNull(comments);
        var block = new BlockBuilder();
        block.Begin(PcapngFormat.EnhancedPacket);
        foreach (string comment in comments) block.Text(PcapngFormat.Comment, comment);
        if (direction != CaptureDirection.Both) block.Option(Flags,
            [(byte)(direction == CaptureDirection.In ? Inbound : Outbound), 0, 0, 0]);
        block.EndOptions();
        return block.End()[PcapngFormat.BlockHeaderLength..^PcapngFormat.BlockTrailerLength].ToArray();
    }

    /// <summary>How many bytes <see cref="Write(Span{byte}, ulong, uint?)"/> writes at most.</summary>
    public const int PayloadNoteBytes = 4 + sizeof(ulong) + sizeof(uint) + 4;

    /// <summary>The options of a block with what was noted of a payload that is not kept, to be given to a record that will be
    /// written.</summary>
    /// <param name="options">Room for <see cref="PayloadNoteBytes"/>.</param>
    /// <param name="note">See <see cref="Record.PayloadNote"/>.</param>
    /// <param name="hash">The payload's CRC-32C; absent when it is not known.</param>
    public static RecordNotes Write(Span<byte> options, ulong note, uint? hash)
    {
        int length = sizeof(ulong) + (hash is null ? 0 : sizeof(uint));
        BinaryPrimitives.WriteUInt16LittleEndian(options, PcapngFormat.PayloadNote);
        BinaryPrimitives.WriteUInt16LittleEndian(options[2..], (ushort)length);
        BinaryPrimitives.WriteUInt64LittleEndian(options[4..], note);
        if (hash is { } known) BinaryPrimitives.WriteUInt32LittleEndian(options[(4 + sizeof(ulong))..], known);
        options.Slice(4 + length, 4).Clear();
        return new RecordNotes(options[..(4 + length + 4)], isBigEndian: false);
    }

    /// <summary>What was noted of a payload that was not kept; 0 for nothing. It is looked for in the first option alone.</summary>
    internal static ulong PayloadNote(RecordNotes notes)
    {
        var order = new FieldOrder(notes.IsBigEndian);
        var options = new PcapngOptions(notes.Options, order);
        return options.MoveNext() && options is { Code: PcapngFormat.PayloadNote, Value.Length: >= sizeof(ulong) }
            ? (ulong)order.I64(options.Value, 0) : 0;
    }

    private static CaptureDirection Direction(uint flags) => (flags & DirectionMask) switch
    {
        Inbound => CaptureDirection.In,
        Outbound => CaptureDirection.Out,
        _ => CaptureDirection.Both,
    };
}
