namespace Trama.Captures;

/// <summary>How reading a capture file ended.</summary>
/// <param name="Fault">What is wrong; <see cref="CaptureFault.None"/> at a clean end.</param>
/// <param name="Offset">Where the file, decompressed, stops being readable: the first byte of the record or block concerned.</param>
/// <param name="Expected">What should have been there, in bytes where the fault is about lengths.</param>
/// <param name="Found">What was there.</param>
/// <param name="Detail">The operating system's or decompressor's text, or the name of a program; otherwise empty.</param>
public sealed record CaptureEnd(CaptureFault Fault, long Offset, long Expected = 0, long Found = 0, string Detail = "")
{
    /// <summary>Whether the capture was read to its end.</summary>
    public bool IsComplete => Fault == CaptureFault.None;

    /// <summary>Whether the file stops in the middle of something, as after a full disk or a broken transfer.</summary>
    public bool IsCut => Fault is CaptureFault.FileHeaderCut or CaptureFault.RecordHeaderCut or CaptureFault.RecordCut
        or CaptureFault.BlockCut;

    /// <summary>The end in libpcap's words where it has some, for people who know them.</summary>
    public override string ToString() => Fault switch
    {
        CaptureFault.None => "complete",
        CaptureFault.Empty => "truncated dump file; tried to read 4 file header bytes, only got 0",
        CaptureFault.UnknownFormat => "unknown file format",
        CaptureFault.FileHeaderCut => $"truncated dump file; tried to read {Expected} file header bytes, only got {Found}",
        CaptureFault.UnsupportedVersion => $"unsupported savefile version {Expected}.{Found}",
        CaptureFault.RecordHeaderCut => $"truncated dump file; tried to read {Expected} header bytes, only got {Found}",
        CaptureFault.RecordCut => $"truncated dump file; tried to read {Expected} captured bytes, only got {Found}",
        CaptureFault.LongerThanSnapshot => $"invalid packet capture length {Found}, bigger than snaplen of {Expected}",
        CaptureFault.LongerThanMaximum => $"invalid packet capture length {Found}, bigger than maximum of {Expected}",
        CaptureFault.BlockCut => $"truncated pcapng dump file; tried to read {Expected} bytes, only got {Found}",
        CaptureFault.BlockTooShort => $"block in pcapng dump file has a length of {Found} < {Expected}",
        CaptureFault.BlockTooLong => $"pcapng block size {Found} > maximum {Expected}",
        CaptureFault.BlockNotAligned => $"block in pcapng dump file has a length of {Found} that is not a multiple of 4",
        CaptureFault.BlockLengthsDiffer => $"block total length in header {Expected} and trailer {Found} don't match",
        CaptureFault.BlockContentsCut => $"block of type {Found} in pcapng dump file is too short",
        CaptureFault.BadInterfaceOption => $"Interface Description Block has an invalid option {Found}",
        CaptureFault.BadByteOrder => "the file has a section with a bad byte order magic field",
        CaptureFault.NoInterface => "the capture file has no Interface Description Blocks",
        CaptureFault.PacketBeforeInterface => "the capture file has a packet block before any Interface Description Blocks",
        CaptureFault.UnknownInterface => $"a packet arrived on interface {Found}, but there's no Interface Description Block "
            + "for that interface",
        CaptureFault.UnsupportedLinkType => $"unsupported link type {Found}",
        CaptureFault.RecordLengthWrong => $"record length {Found} does not match its contents of {Expected} bytes",
        CaptureFault.ForeignCompression => $"compressed with {Detail}",
        CaptureFault.BadCompression => Detail.Length == 0 ? "the compressed data are damaged"
            : $"the compressed data are damaged: {Detail}",
        _ => $"error reading dump file: {Detail}",
    };
}
