using System.Buffers.Binary;
using Trama.Packets;

namespace Trama.Captures.Files;

/// <summary>
/// Writes a pcap file, version 2.4, little-endian. Such a file has one link type: it refuses records of another one.
/// </summary>
public sealed class PcapWriter : IRecordWriter
{
    private const int RecordHeaderLength = 16;
    private const long NanosecondsPerSecond = 1_000_000_000;

    private readonly OutputFile _file;
    private readonly LinkType _linkType;
    private readonly bool _nanoseconds;

    /// <summary>Creates the file, replacing what is there, and writes its header.</summary>
    /// <param name="path">The path; <c>-</c> for standard output.</param>
    /// <param name="linkType">The link type of all records.</param>
    /// <param name="snapLength">The snapshot length that the header names.</param>
    /// <param name="nanoseconds">Whether timestamps have nanoseconds; else they are cut to microseconds.</param>
    /// <exception cref="CaptureException">The file cannot be created.</exception>
    public PcapWriter(string path, LinkType linkType, int snapLength = 262_144, bool nanoseconds = false)
        : this(new OutputFile(path), linkType, snapLength, nanoseconds)
    {
    }

    /// <summary>Writes to a stream, which is closed with this writer.</summary>
    public PcapWriter(Stream stream, LinkType linkType, int snapLength = 262_144, bool nanoseconds = false)
        : this(new OutputFile(stream, "stream"), linkType, snapLength, nanoseconds)
    {
    }

    private PcapWriter(OutputFile file, LinkType linkType, int snapLength, bool nanoseconds)
    {
        _file = file;
        _linkType = linkType;
        _nanoseconds = nanoseconds;
        PcapHeader.Of(new CaptureInterface(linkType, snapLength) { IsNanosecond = nanoseconds }).CopyTo(file.Take(PcapHeader.Length));
    }

    /// <inheritdoc/>
    public long Length => _file.Length;

    /// <inheritdoc/>
    public void Write(in Record record)
    {
        if (record.LinkType != _linkType) throw OtherLinkType(record.LinkType);
        ReadOnlySpan<byte> bytes = record.Bytes;
        Span<byte> room = _file.Take(RecordHeaderLength + bytes.Length);
        (long seconds, long rest) = Math.DivRem(record.Timestamp.Nanoseconds, NanosecondsPerSecond);
        if (rest < 0)
        {
            seconds--;
            rest += NanosecondsPerSecond;
        }

        BinaryPrimitives.WriteUInt32LittleEndian(room, (uint)seconds);
        BinaryPrimitives.WriteUInt32LittleEndian(room[4..], (uint)(_nanoseconds ? rest : rest / 1000));
        BinaryPrimitives.WriteInt32LittleEndian(room[8..], bytes.Length);
        BinaryPrimitives.WriteInt32LittleEndian(room[12..], record.OriginalLength);
        bytes.CopyTo(room[RecordHeaderLength..]);
    }

    /// <inheritdoc/>
    public void Flush() => _file.Flush();

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private CaptureException OtherLinkType(LinkType other) => new(
        CaptureFailure.NotSupported,
        _file.Name,
        $"a pcap file has one link type: {LinkTypeNames.NameOf(_linkType) ?? $"{(int)_linkType}"}, not "
            + $"{LinkTypeNames.NameOf(other) ?? $"{(int)other}"}");
}
