using Trama.Captures;
using Trama.Captures.Files;
using Trama.Packets;

namespace Trama.Cli.Capturing;

/// <summary>
/// A pcapng file that takes the records of one source after another. Each source counts its interfaces from 0; here they get numbers
/// of their own, and are described when their first record comes.
/// </summary>
internal sealed class PcapngTarget(PcapngWriter writer, Func<IReadOnlyList<CaptureInterface>> interfaces) : IRecordWriter
{
    private IReadOnlyList<CaptureInterface>? _source;
    private int _first;

    /// <inheritdoc/>
    public long Length => writer.Length;

    /// <inheritdoc/>
    public void Write(in Record record)
    {
        IReadOnlyList<CaptureInterface> source = interfaces();
        if (!ReferenceEquals(source, _source))
        {
            _source = source;
            _first = writer.InterfaceCount;
        }

        while (writer.InterfaceCount <= _first + record.InterfaceId) writer.AddInterface(source[writer.InterfaceCount - _first]);
        if (_first == 0) writer.Write(record);
        else writer.Write(new Record(record.Timestamp, record.LinkType, record.Bytes, record.OriginalLength, _first + record.InterfaceId)
        {
            Notes = record.Notes,
        });
    }

    /// <inheritdoc/>
    public void Flush() => writer.Flush();

    /// <inheritdoc/>
    public void Dispose() => writer.Dispose();
}
