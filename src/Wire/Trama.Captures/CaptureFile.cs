using Microsoft.Win32.SafeHandles;
using Trama.Captures.Files;
using Trama.Captures.Text;
using Trama.Packets;

namespace Trama.Captures;

/// <summary>
/// A capture file, read front to back in constant memory; pipes too. pcap, pcapng, snoop and Network Monitor, plain or compressed with
/// gzip or zstd, and the text of tcpdump and tshark.
/// </summary>
/// <remarks>
/// What is wrong inside the file is never an exception: every whole record comes out first, and then <see cref="End"/> tells.
/// </remarks>
public sealed class CaptureFile : IRecordSource
{
    private readonly InputWindow _input;
    private readonly PrefixedStream _source;
    private readonly RecordReader? _reader;
    private readonly SafeFileHandle? _regular;
    private readonly CaptureEnd? _refusal;

    private CaptureFile(Stream stream, bool keepBlocks)
    {
        // Before another thread reads ahead.
        _regular = stream is FileStream { CanSeek: true } regular ? regular.SafeFileHandle : null;
        _input = Compression.Open(stream, out _source);
        Size = stream.CanSeek ? stream.Length : null;
        if (!_input.Ensure(4))
        {
            _refusal = _input.Failure ?? (_input.Available == 0
                ? new CaptureEnd(CaptureFault.Empty, 0)
                : new CaptureEnd(CaptureFault.FileHeaderCut, 0, 4, _input.Available));
        }
        else if (PcapReader.Recognises(_input.Bytes)) _reader = new PcapReader(_input);
        else if (PcapngReader.Recognises(_input)) _reader = new PcapngReader(_input, keepBlocks);
        else if (SnoopReader.Recognises(_input)) _reader = new SnoopReader(_input);
        else if (NetMonReader.Recognises(_input.Bytes)) _reader = new NetMonReader(_input);
        else if (Compression.FindForeign(_input.Bytes) is { } program)
            _refusal = new CaptureEnd(CaptureFault.ForeignCompression, 0, Detail: program);
        else if (PacketTextReader.TryOpen(_input) is { } text) _reader = text;
        else _refusal = _input.Failure ?? new CaptureEnd(CaptureFault.UnknownFormat, 0);
    }

    /// <summary>
    /// The interfaces described so far. A pcap file has one; a pcapng file has its first as soon as it is open, and describes others as
    /// reading goes on. Empty when the file is no capture.
    /// </summary>
    public IReadOnlyList<CaptureInterface> Interfaces => _reader is null ? [] : _reader.Interfaces;

    /// <summary>
    /// How reading ended; null while it goes on. It may be known as soon as the file is open, when nothing in it can be read.
    /// </summary>
    public CaptureEnd? End => _refusal ?? _reader?.End;

    /// <summary>
    /// Asked before waiting for the writer of a pipe, and every quarter of a second while waiting: the moment to show what was held
    /// back. False ends the capture here.
    /// </summary>
    public Func<bool>? Waiting
    {
        get => _input.Waiting;
        set => _input.Waiting = value;
    }

    /// <summary>How many bytes were read of the file as it is, compressed or not; may be asked on another thread.</summary>
    public long BytesRead => _source.BytesRead;

    /// <summary>How many bytes the file had when it was opened; null for a pipe.</summary>
    public long? Size { get; }

    /// <summary>Whether the file is a pcapng file.</summary>
    public bool IsPcapng => _reader is PcapngReader;

    /// <summary>Where the latest record begins in the file, for <see cref="CaptureRecords"/>; -1 where records cannot be read by
    /// that.</summary>
    public long RecordStart => _reader?.RecordStart ?? -1;

    /// <summary>What reads records again by where they begin; null of a file that is compressed, a pipe or a form that does not allow
    /// it.</summary>
    internal RecordReader? Addressable => _input.IsPlain && _reader is { IsAddressable: true } ? _reader : null;

    /// <summary>The reader of a pcapng file; null for other files.</summary>
    internal PcapngReader? Pcapng => _reader as PcapngReader;

    /// <summary>Opens a file and reads its header.</summary>
    /// <param name="path">The path; <c>-</c> for standard input.</param>
    /// <param name="keepBlocks">Whether the file is to be rewritten by a <see cref="PcapngCopy"/>, if it is pcapng.</param>
    /// <exception cref="CaptureException">The file cannot be opened. What is wrong inside it is told by <see cref="End"/>.</exception>
    public static CaptureFile Open(string path, bool keepBlocks = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (path == "-") return new CaptureFile(Console.OpenStandardInput(), keepBlocks);
        try
        {
            return new CaptureFile(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete,
                bufferSize: 0), keepBlocks);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw CaptureException.FromFileError(path, error);
        }
    }

    /// <summary>Reads a capture from any stream, which is closed with this file.</summary>
    /// <param name="stream">The bytes.</param>
    /// <param name="keepBlocks">As for <see cref="Open(string, bool)"/>.</param>
    public static CaptureFile Open(Stream stream, bool keepBlocks = false)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return new CaptureFile(stream, keepBlocks);
    }

    /// <summary>Has the TLS secrets in the file (pcapng's Decryption Secrets Blocks) handed on as they are read, first those that stand
    /// before its packets. To be asked for before the first record is read.</summary>
    public void ForwardTlsSecrets(SecretsHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Pcapng?.ForwardSecrets(handler);
    }

    /// <summary>Has the TLS secrets of the whole file handed on, wherever in it they stand, without moving on in it. Takes the time to
    /// read it once more. A pipe cannot be read twice: of it, nothing is. Nor is anything of a file that was closed.</summary>
    public void ForwardAllTlsSecrets(SecretsHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        if (!IsPcapng || _regular is null or { IsClosed: true }) return;
        bool isHeld = false;
        try
        {
            // Another thread may be done with the file.
            _regular.DangerousAddRef(ref isHeld);
            using var handle = new SafeFileHandle(_regular.DangerousGetHandle(), ownsHandle: false);
            using var again = new CaptureFile(new FileStream(handle, FileAccess.Read, bufferSize: 0) { Position = 0 }, keepBlocks: false);
            again.ForwardTlsSecrets(handler);
            while (again.TryRead(out _))
            {
            }
        }
        finally
        {
            if (isHeld) _regular.DangerousRelease();
        }
    }

    /// <inheritdoc/>
    public bool TryRead(out Record record)
    {
        if (_reader is not null) return _reader.TryRead(out record);
        record = default;
        return false;
    }

    /// <inheritdoc/>
    public void Dispose() => _input.Dispose();
}
