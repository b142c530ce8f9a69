namespace Trama.Framing.Tls.Records;

/// <summary>What a <see cref="RecordReader"/> finds in bytes.</summary>
internal enum RecordStatus : byte
{
    /// <summary>No whole record; all bytes were taken.</summary>
    NeedMore,

    /// <summary>A record.</summary>
    Record,

    /// <summary>What begins here is no record.</summary>
    Invalid,
}
