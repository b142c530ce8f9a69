using Trama.Captures;
using Trama.Captures.Files;
using Trama.Fleet.Headers;
using Trama.Fleet.Storing;
using Trama.Packets;
using Trama.Packets.Decoding;
using ZstdSharp;

namespace Trama.Fleet.Joining;

/// <summary>
/// A sensor's answer to a <see cref="DigestQuestion"/>: the headers that its store has of the connection, as a pcapng file, compressed.
/// What programs said is not in it unless the store was told to keep that (<c>--payload-head</c>).
/// </summary>
public static class DigestAnswer
{
    /// <summary>How long a piece of an answer is, in bytes: within what a broker takes.</summary>
    public const int PieceBytes = 256 << 10;

    /// <summary>Answers.</summary>
    /// <param name="folder">The sensor's store.</param>
    /// <param name="question">The question.</param>
    /// <exception cref="IOException">The store cannot be read.</exception>
    public static byte[] Of(StoreFolder folder, DigestQuestion question)
    {
        ArgumentNullException.ThrowIfNull(question);
        var answer = new MemoryStream();
        using var writer = new PcapngWriter(answer, "trama watch");
        var decoder = new SegmentDecoder();
        var links = new List<LinkType>();
        using (CaptureFile headers = CaptureFile.Open(new HeaderStream(folder, question.From, question.To)))
        {
            while (headers.TryRead(out Record record))
            {
                if (!IsOf(decoder, record, question)) continue;
                if (writer.Length + record.Bytes.Length + 128 > question.Limit) break;
                int link = links.IndexOf(record.LinkType);
                if (link < 0)
                {
                    link = links.Count;
                    links.Add(record.LinkType);
                    writer.AddInterface(new CaptureInterface(record.LinkType, 0) { IsNanosecond = true });
                }

                writer.Write(new Record(record.Timestamp, record.LinkType, record.Bytes, record.OriginalLength, link)
                {
                    Notes = record.Notes,
                });
            }
        }

        writer.Flush();
        using var zstd = new Compressor(1);
        return zstd.Wrap(answer.ToArray()).ToArray();
    }

    /// <summary>The pcapng file of an answer; null when it is none, or larger than one may be.</summary>
    public static byte[]? Read(ReadOnlySpan<byte> answer)
    {
        try
        {
            ulong size = Decompressor.GetDecompressedSize(answer);
            if (size is 0 or > DigestQuestion.MostBytes) return null;
            byte[] file = new byte[size];
            using var zstd = new Decompressor();
            return zstd.TryUnwrap(answer, file, out int written) && written == file.Length ? file : null;
        }
        catch (ZstdException)
        {
            return null;
        }
    }

    private static bool IsOf(SegmentDecoder decoder, in Record record, DigestQuestion question)
    {
        (string source, string destination) = ("", "");
        switch (decoder.Decode(record, out TcpSegment segment))
        {
            case Decoded.Segment: (source, destination) = (segment.Source.ToString(), segment.Destination.ToString()); break;
            case Decoded.QuotedSegment:
                (source, destination) = (decoder.Quote.Source.ToString(), decoder.Quote.Destination.ToString());
                break;
            default: return false;
        }

        return (source == question.Client && destination == question.Server)
            || (source == question.Server && destination == question.Client);
    }
}
