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

    private static CaptureDirection Direction(uint flags) => (flags & DirectionMask) switch
    {
        Inbound => CaptureDirection.In,
        Outbound => CaptureDirection.Out,
        _ => CaptureDirection.Both,
    };
}
