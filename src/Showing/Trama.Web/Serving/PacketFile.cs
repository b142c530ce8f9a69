using System.Buffers;
using System.Globalization;
using Trama.Captures.Files;
using Trama.Packets;
using Trama.Reports.Browsing;
using Trama.Reports.Browsing.Answers;

namespace Trama.Web.Serving;

/// <summary>The packets of one connection as a pcap file.</summary>
internal static class PacketFile
{
    private const int MostBytes = 64 << 20;

    /// <summary>Writes it. A connection on several link types gives those of the first; one that is too large is refused, and not
    /// cut.</summary>
    public static AnswerStatus Write(
        BrowsedCapture capture, string connection, IBufferWriter<byte> output, CancellationToken stop)
    {
        if (!long.TryParse(connection, NumberStyles.None, CultureInfo.InvariantCulture, out long id)) return AnswerStatus.NotThere;
        using var bytes = new MemoryStream();
        PcapWriter? writer = null;
        LinkType linkType = default;
        bool isFull = false;
        capture.ReadPackets(capture.PacketsOf(id), (in Record record, long _) =>
        {
            if (writer is null) writer = new PcapWriter(bytes, linkType = record.LinkType, nanoseconds: true);
            isFull |= writer.Length + record.Bytes.Length >= MostBytes;
            if (record.LinkType == linkType && !isFull) writer.Write(record);
        }, stop);
        if (writer is null) return AnswerStatus.NotThere;
        if (isFull)
        {
            writer.Dispose();
            return AnswerStatus.Refused;
        }

        writer.Flush();
        output.Write(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        writer.Dispose();
        return AnswerStatus.Answered;
    }
}
