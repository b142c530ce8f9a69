namespace Trama.Captures;

/// <summary>What is wrong with a capture file at the place where reading it ended.</summary>
public enum CaptureFault
{
    /// <summary>Nothing: the end is a clean one, or is not reached yet.</summary>
    None,

    /// <summary>There is not one byte in the file.</summary>
    Empty,

    /// <summary>The first bytes are of no known capture format.</summary>
    UnknownFormat,

    /// <summary>The file header is cut.</summary>
    FileHeaderCut,

    /// <summary>
    /// The format's version cannot be read: <see cref="CaptureEnd.Expected"/> is the major number, <see cref="CaptureEnd.Found"/> the
    /// minor.
    /// </summary>
    UnsupportedVersion,

    /// <summary>pcap: a record's header is cut.</summary>
    RecordHeaderCut,

    /// <summary>pcap: a record's bytes are cut.</summary>
    RecordCut,

    /// <summary>
    /// A captured length (<see cref="CaptureEnd.Found"/>) beyond the snapshot length (<see cref="CaptureEnd.Expected"/>).
    /// </summary>
    LongerThanSnapshot,

    /// <summary>
    /// A captured length (<see cref="CaptureEnd.Found"/>) beyond what any packet of the link type can have
    /// (<see cref="CaptureEnd.Expected"/>).
    /// </summary>
    LongerThanMaximum,

    /// <summary>pcapng: a block is cut.</summary>
    BlockCut,

    /// <summary>
    /// pcapng: a block length (<see cref="CaptureEnd.Found"/>) below the smallest possible (<see cref="CaptureEnd.Expected"/>).
    /// </summary>
    BlockTooShort,

    /// <summary>
    /// pcapng: a block length (<see cref="CaptureEnd.Found"/>) above the largest accepted (<see cref="CaptureEnd.Expected"/>).
    /// </summary>
    BlockTooLong,

    /// <summary>pcapng: a block length (<see cref="CaptureEnd.Found"/>) that is not a multiple of 4.</summary>
    BlockNotAligned,

    /// <summary>
    /// pcapng: the length at a block's end (<see cref="CaptureEnd.Found"/>) is not the one at its start
    /// (<see cref="CaptureEnd.Expected"/>).
    /// </summary>
    BlockLengthsDiffer,

    /// <summary>pcapng: a block of type <see cref="CaptureEnd.Found"/> ends before its contents do.</summary>
    BlockContentsCut,

    /// <summary>
    /// pcapng: an interface option (its code is <see cref="CaptureEnd.Found"/>) has a wrong length, is there twice, or has an impossible
    /// value.
    /// </summary>
    BadInterfaceOption,

    /// <summary>pcapng: a section's byte-order mark is neither of the two possible ones.</summary>
    BadByteOrder,

    /// <summary>pcapng: the file ends without having described an interface.</summary>
    NoInterface,

    /// <summary>pcapng: a packet comes before any interface is described.</summary>
    PacketBeforeInterface,

    /// <summary>pcapng: a packet of an interface (<see cref="CaptureEnd.Found"/>) that is not described.</summary>
    UnknownInterface,

    /// <summary>A link type (<see cref="CaptureEnd.Found"/>, by the format's own number) that is not known.</summary>
    UnsupportedLinkType,

    /// <summary>
    /// snoop: a record's length (<see cref="CaptureEnd.Found"/>) is less than its contents need (<see cref="CaptureEnd.Expected"/>), or
    /// far more.
    /// </summary>
    RecordLengthWrong,

    /// <summary>Compressed by a program whose format is not read; <see cref="CaptureEnd.Detail"/> is the program.</summary>
    ForeignCompression,

    /// <summary>The compressed data are damaged or cut.</summary>
    BadCompression,

    /// <summary>The operating system could not read on; <see cref="CaptureEnd.Detail"/> is its text.</summary>
    ReadFailed,
}
