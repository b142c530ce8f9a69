namespace Trama.Packets;

/// <summary>What a pcapng file says of a packet besides its bytes: the options of its block. A view, as the record is.</summary>
/// <param name="options">The options as they stand in the file.</param>
/// <param name="isBigEndian">Whether their numbers have the most significant byte first.</param>
public readonly ref struct RecordNotes(ReadOnlySpan<byte> options, bool isBigEndian)
{
    /// <summary>The options as they stand in the file; empty for none.</summary>
    public ReadOnlySpan<byte> Options { get; } = options;

    /// <summary>Whether their numbers have the most significant byte first.</summary>
    public bool IsBigEndian { get; } = isBigEndian;
}
