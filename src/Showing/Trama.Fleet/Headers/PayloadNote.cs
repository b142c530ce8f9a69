using System.Buffers.Binary;
using Trama.Diagnosis;
using Trama.Rows.Journals;

namespace Trama.Fleet.Headers;

/// <summary>
/// What is kept of a payload instead of it: what a diagnosis asks, and its CRC-32C. Those of payloads that follow one another can be put
/// together (the checksum is linear), so that of any part of a stream is known that ends where segments end, wherever it begins.
/// </summary>
/// <param name="Facts">What a diagnosis asks.</param>
/// <param name="Hash">The CRC-32C; absent when it is not kept.</param>
internal readonly record struct PayloadNote(PayloadFacts Facts, uint? Hash)
{
    /// <summary>How many bytes one takes at most.</summary>
    public const int MaxBytes = sizeof(ulong) + sizeof(uint);

    /// <summary>Whether anything is known.</summary>
    public bool IsKnown => Facts.IsKnown;

    /// <summary>What there is of it.</summary>
    public NoteKind Kind => !IsKnown ? NoteKind.None : Hash is null ? NoteKind.Facts : NoteKind.FactsAndHash;

    /// <summary>How many bytes it takes.</summary>
    public int Bytes => BytesOf(Kind);

    /// <summary>Looks at a payload.</summary>
    public static PayloadNote Of(ReadOnlySpan<byte> payload, bool hashes) =>
        new(PayloadFacts.Of(payload, payload.Length), hashes ? Frame.Checksum(payload) : null);

    /// <summary>How many bytes one of a kind takes.</summary>
    public static int BytesOf(NoteKind kind) => kind switch
    {
        NoteKind.None => 0,
        NoteKind.Facts => sizeof(ulong),
        _ => MaxBytes,
    };

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static PayloadNote Read(ReadOnlySpan<byte> bytes, NoteKind kind) => kind == NoteKind.None ? default
        : new PayloadNote(new PayloadFacts(BinaryPrimitives.ReadUInt64LittleEndian(bytes)),
            kind == NoteKind.Facts ? null : BinaryPrimitives.ReadUInt32LittleEndian(bytes[sizeof(ulong)..]));

    /// <summary>Writes it.</summary>
    public void Write(Span<byte> bytes)
    {
        if (!IsKnown) return;
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Facts.Note);
        if (Hash is { } hash) BinaryPrimitives.WriteUInt32LittleEndian(bytes[sizeof(ulong)..], hash);
    }
}

/// <summary>What there is of a <see cref="PayloadNote"/>.</summary>
internal enum NoteKind : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>What a diagnosis asks.</summary>
    Facts,

    /// <summary>And the hash.</summary>
    FactsAndHash,
}
