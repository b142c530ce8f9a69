using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Trama.Packets;

namespace Trama.Captures.Files;

/// <summary>Writes a pcapng file of one section, little-endian. Interfaces are described before their first record.</summary>
public sealed class PcapngWriter : IRecordWriter
{
    private readonly OutputFile _file;
    private readonly BlockBuilder _block = new();
    private readonly List<CaptureInterface> _interfaces = [];

    /// <summary>Creates the file, replacing what is there, and writes the section header.</summary>
    /// <param name="path">The path; <c>-</c> for standard output.</param>
    /// <param name="application">The program that writes, with its version.</param>
    /// <param name="comment">A text about the capture; empty for none.</param>
    /// <param name="namesMachine">Whether to say which processor and operating system it writes on.</param>
    /// <exception cref="CaptureException">The file cannot be created.</exception>
    public PcapngWriter(string path, string application, string comment = "", bool namesMachine = true)
        : this(new OutputFile(path), application, comment, namesMachine)
    {
    }

    /// <summary>Writes to a stream, which is closed with this writer.</summary>
    public PcapngWriter(Stream stream, string application, string comment = "")
        : this(new OutputFile(stream, "stream"), application, comment)
    {
    }

    private PcapngWriter(OutputFile file, string application, string comment, bool namesMachine = true)
    {
        _file = file;
        _block.Begin(PcapngFormat.SectionHeader);
        _block.U32(PcapngFormat.ByteOrderMark);
        _block.U16(1);
        _block.U16(0);
        // The section's length is not known when its header is written.
        _block.U64(ulong.MaxValue);
        _block.Text(PcapngFormat.Comment, comment);
        if (namesMachine)
        {
            _block.Text(PcapngFormat.SectionHardware, RuntimeInformation.ProcessArchitecture.ToString());
            _block.Text(PcapngFormat.SectionOperatingSystem, RuntimeInformation.OSDescription);
        }

        _block.Text(PcapngFormat.SectionApplication, application);
        _block.EndOptions();
        Append();
    }

    /// <inheritdoc/>
    public long Length => _file.Length;

    /// <summary>How many interfaces are described; the next one gets this number.</summary>
    public int InterfaceCount => _interfaces.Count;

    /// <summary>Describes the next interface. Its records name it by its number, counted from 0.</summary>
    public void AddInterface(CaptureInterface source)
    {
        ArgumentNullException.ThrowIfNull(source);
        _interfaces.Add(source);
        _block.Begin(PcapngFormat.InterfaceDescription);
        _block.U16((ushort)source.LinkType);
        _block.U16(0);
        _block.U32((uint)source.SnapLength);
        _block.Text(PcapngFormat.InterfaceName, source.Name);
        _block.Text(PcapngFormat.InterfaceText, source.Description);
        _block.Option(PcapngFormat.InterfaceTimestampResolution, [(byte)(source.IsNanosecond ? 9 : 6)]);
        // The byte in front says that the filter is an expression of libpcap's language.
        _block.Text(PcapngFormat.InterfaceFilter, source.Filter.Length == 0 ? "" : "\0" + source.Filter);
        _block.Text(PcapngFormat.InterfaceOperatingSystem, source.OperatingSystem);
        _block.EndOptions();
        Append();
    }

    /// <inheritdoc/>
    public void Write(in Record record) => Write(record, "");

    /// <summary>Adds a record with a comment.</summary>
    /// <exception cref="CaptureException">The file cannot be written; what was flushed before stays readable.</exception>
    public void Write(in Record record, string comment)
    {
        ulong time = Count(record.InterfaceId, record.Timestamp);
        ReadOnlySpan<byte> bytes = record.Bytes;
        if (!string.IsNullOrEmpty(comment))
        {
            BeginPacket(record, time);
            _block.Bytes(bytes);
            _block.Text(PcapngFormat.Comment, comment);
            _block.EndOptions();
            Append();
            return;
        }

        // Options in another byte order would have to be understood to be written anew.
        ReadOnlySpan<byte> notes = record.Notes.IsBigEndian ? default : record.Notes.Options;
        if (!notes.IsEmpty)
        {
            BeginPacket(record, time);
            _block.Bytes(bytes);
            _block.Bytes(notes);
            Append();
            return;
        }

        int padded = PcapngFormat.Padded(bytes.Length);
        int length = PcapngFormat.BlockHeaderLength + PcapngFormat.PacketLength + padded + PcapngFormat.BlockTrailerLength;
        Span<byte> room = _file.Take(length);
        BinaryPrimitives.WriteUInt32LittleEndian(room, PcapngFormat.EnhancedPacket);
        BinaryPrimitives.WriteInt32LittleEndian(room[4..], length);
        BinaryPrimitives.WriteInt32LittleEndian(room[8..], record.InterfaceId);
        BinaryPrimitives.WriteUInt32LittleEndian(room[12..], (uint)(time >> 32));
        BinaryPrimitives.WriteUInt32LittleEndian(room[16..], (uint)time);
        BinaryPrimitives.WriteInt32LittleEndian(room[20..], bytes.Length);
        BinaryPrimitives.WriteInt32LittleEndian(room[24..], record.OriginalLength);
        bytes.CopyTo(room[28..]);
        room[(28 + bytes.Length)..^PcapngFormat.BlockTrailerLength].Clear();
        BinaryPrimitives.WriteInt32LittleEndian(room[^PcapngFormat.BlockTrailerLength..], length);
    }

    /// <summary>
    /// Adds secrets by which TLS connections can be decrypted; before their packets, for readers that go over the file once.
    /// </summary>
    /// <param name="keyLog">Lines of a key log (NSS key log format).</param>
    public void WriteTlsSecrets(ReadOnlySpan<byte> keyLog)
    {
        _block.Begin(PcapngFormat.DecryptionSecrets);
        _block.U32(PcapngFormat.TlsKeyLog);
        _block.U32((uint)keyLog.Length);
        _block.Bytes(keyLog);
        Append();
    }

    /// <summary>Notes what was counted on an interface, at the end of the capture.</summary>
    /// <param name="interfaceId">The interface's number.</param>
    /// <param name="statistics">The counts.</param>
    /// <param name="start">When the capture started.</param>
    /// <param name="end">When it ended.</param>
    public void WriteStatistics(int interfaceId, CaptureStatistics statistics, Timestamp start, Timestamp end)
    {
        ulong startCount = Count(interfaceId, start), endCount = Count(interfaceId, end);
        _block.Begin(PcapngFormat.InterfaceStatistics);
        _block.U32((uint)interfaceId);
        _block.Time(endCount);
        _block.Time(PcapngFormat.StatisticsStart, startCount);
        _block.Time(PcapngFormat.StatisticsEnd, endCount);
        _block.Number(PcapngFormat.StatisticsReceived, (ulong)statistics.Received);
        _block.Number(PcapngFormat.StatisticsInterfaceDrops, (ulong)statistics.DroppedByInterface);
        _block.Number(PcapngFormat.StatisticsKernelDrops, (ulong)statistics.DroppedByKernel);
        _block.EndOptions();
        Append();
    }

    /// <inheritdoc/>
    public void Flush() => _file.Flush();

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private void BeginPacket(in Record record, ulong time)
    {
        _block.Begin(PcapngFormat.EnhancedPacket);
        _block.U32((uint)record.InterfaceId);
        _block.Time(time);
        _block.U32((uint)record.Bytes.Length);
        _block.U32((uint)record.OriginalLength);
    }

    private ulong Count(int interfaceId, Timestamp time) =>
        (ulong)(_interfaces[interfaceId].IsNanosecond ? time.Nanoseconds : time.Nanoseconds / 1000);

    private void Append()
    {
        ReadOnlySpan<byte> whole = _block.End();
        whole.CopyTo(_file.Take(whole.Length));
    }
}
