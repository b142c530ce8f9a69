using Trama.Packets;

namespace Trama.Captures.Tests;

/// <summary>A record that outlives its source, for comparing.</summary>
internal sealed record KeptRecord(Timestamp Timestamp, LinkType LinkType, byte[] Bytes, int OriginalLength, int InterfaceId)
{
    public static KeptRecord Of(in Record record) =>
        new(record.Timestamp, record.LinkType, record.Bytes.ToArray(), record.OriginalLength, record.InterfaceId);

    public static List<KeptRecord> ReadAll(IRecordSource source)
    {
        List<KeptRecord> records = [];
        while (source.TryRead(out Record record)) records.Add(Of(record));
        return records;
    }

    public static List<KeptRecord> ReadAll(byte[] file, out CaptureEnd end)
    {
        using CaptureFile capture = CaptureFile.Open(new MemoryStream(file));
        List<KeptRecord> records = ReadAll(capture);
        end = capture.End!;
        return records;
    }

    public Record AsRecord() => new(Timestamp, LinkType, Bytes, OriginalLength, InterfaceId);

    public bool Equals(KeptRecord? other) =>
        other is not null && Timestamp == other.Timestamp && LinkType == other.LinkType && Bytes.AsSpan().SequenceEqual(other.Bytes)
        && OriginalLength == other.OriginalLength && InterfaceId == other.InterfaceId;

    public override int GetHashCode() => HashCode.Combine(Timestamp, LinkType, Bytes.Length, OriginalLength, InterfaceId);
}
