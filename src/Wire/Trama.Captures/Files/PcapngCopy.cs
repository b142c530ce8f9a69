using Trama.Packets;

namespace Trama.Captures.Files;

/// <summary>
/// Rewrites a pcapng file block by block: the packets chosen, and everything else as it stands there: sections, interfaces,
/// comments, name resolution, decryption secrets, statistics and blocks of other makers.
/// </summary>
public sealed class PcapngCopy : IRecordWriter
{
    private readonly PcapngReader _source;
    private readonly OutputFile _file;

    /// <summary>Creates the file, replacing what is there.</summary>
    /// <param name="path">The path; <c>-</c> for standard output.</param>
    /// <param name="source">The pcapng file that records will be chosen from, opened so that blocks are kept.</param>
    /// <exception cref="CaptureException">The file cannot be created.</exception>
    public PcapngCopy(string path, CaptureFile source) : this(() => new OutputFile(path), source)
    {
    }

    /// <summary>Writes to a stream, which is closed with this copy.</summary>
    /// <param name="stream">Where to write.</param>
    /// <param name="source">As for <see cref="PcapngCopy(string, CaptureFile)"/>.</param>
    public PcapngCopy(Stream stream, CaptureFile source) : this(() => new OutputFile(stream, "stream"), source)
    {
    }

    private PcapngCopy(Func<OutputFile> open, CaptureFile source)
    {
        ArgumentNullException.ThrowIfNull(source);
        _source = source.Pcapng ?? throw new ArgumentException("The source is no pcapng file.", nameof(source));
        _file = open();
        _source.ForwardBlocks(Copy);
    }

    /// <inheritdoc/>
    public long Length => _file.Length;

    /// <summary>Keeps a record, which must be the latest one read from the source, with its comments and other options.</summary>
    public void Write(in Record record) => Copy(_source.PacketBlock);

    /// <inheritdoc/>
    public void Flush() => _file.Flush();

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private void Copy(ReadOnlySpan<byte> blocks) => blocks.CopyTo(_file.Take(blocks.Length));
}
