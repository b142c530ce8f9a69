using System.Buffers.Binary;

namespace Trama.Framing.Http2;

/// <summary>What every frame begins with (RFC 9113 section 4.1).</summary>
/// <param name="Length">The bytes that follow, 0 to 2^24 − 1.</param>
/// <param name="Type">The type, which may be an unknown one.</param>
/// <param name="Flags">The flags.</param>
/// <param name="Stream">The stream's identifier; 0 for the connection.</param>
internal readonly record struct FrameHeader(int Length, FrameType Type, byte Flags, uint Stream)
{
    /// <summary>Its size in bytes.</summary>
    public const int Size = 9;

    /// <summary>The largest payload that may be sent unasked (RFC 9113 section 4.2).</summary>
    public const int UsualMaxLength = 16_384;

    private const byte EndStreamFlag = 0x1;
    private const byte EndHeadersFlag = 0x4;
    private const byte PaddedFlag = 0x8;
    private const byte PriorityFlag = 0x20;
    private const int StreamAt = 5;

    /// <summary>Whether the sender's side of the stream ends with it; of DATA and HEADERS.</summary>
    public bool EndsStream => (Flags & EndStreamFlag) != 0;

    /// <summary>Whether the block of header fields ends with it.</summary>
    public bool EndsHeaders => (Flags & EndHeadersFlag) != 0;

    /// <summary>Whether it answers the same frame of the other side; of SETTINGS and PING.</summary>
    public bool Acknowledges => (Flags & EndStreamFlag) != 0;

    /// <summary>Whether the payload begins with the length of the padding at its end.</summary>
    public bool IsPadded => (Flags & PaddedFlag) != 0;

    /// <summary>Whether five bytes of priority precede the fields.</summary>
    public bool HasPriority => (Flags & PriorityFlag) != 0;

    /// <summary>Whether it carries header fields, or a piece of them.</summary>
    public bool CarriesFields => Type is FrameType.Headers or FrameType.PushPromise or FrameType.Continuation;

    /// <summary>Whether a receiver can take it: length and stream fit the type. Types and flags that it does not know are to be
    /// ignored.</summary>
    public bool IsValid => Type switch
    {
        FrameType.Data or FrameType.Headers or FrameType.Continuation => Stream != 0,
        FrameType.PushPromise => Stream != 0 && Length >= 4,
        FrameType.Priority => Stream != 0 && Length == 5,
        FrameType.ResetStream => Stream != 0 && Length == 4,
        FrameType.Settings => Stream == 0 && Length % 6 == 0 && !(Acknowledges && Length > 0),
        FrameType.Ping => Stream == 0 && Length == 8,
        FrameType.GoAway => Stream == 0 && Length >= 8,
        FrameType.WindowUpdate => Length == 4,
        _ => true,
    };

    /// <summary>Whether it is valid, of a known type, and has no flag that means nothing.</summary>
    public bool IsUsual => IsValid && UsualFlags is int usual && (Flags & ~usual) == 0;

    /// <summary>Whether its type has a form of its own, so that a frame that fills its piece can hardly be anything else.</summary>
    public bool IsUnmistakable =>
        Type is FrameType.ResetStream or FrameType.Settings or FrameType.Ping or FrameType.GoAway or FrameType.WindowUpdate;

    /// <summary>Reads a header from at least <see cref="Size"/> bytes.</summary>
    public static FrameHeader Read(ReadOnlySpan<byte> bytes)
    {
        uint lengthAndType = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        uint stream = BinaryPrimitives.ReadUInt32BigEndian(bytes[StreamAt..]);
        return new FrameHeader((int)(lengthAndType >> 8), (FrameType)(byte)lengthAndType, bytes[4], stream & int.MaxValue);
    }

    /// <summary>Whether bytes, at least <see cref="Size"/>, are a header that a sender would write: of a known type, without flags or
    /// bits that mean nothing.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="maxLength">The largest payload.</param>
    /// <param name="maxStream">The largest identifier of a stream.</param>
    /// <param name="header">The header.</param>
    public static bool TryReadLikely(ReadOnlySpan<byte> bytes, int maxLength, uint maxStream, out FrameHeader header)
    {
        header = Read(bytes);
        return header.Length <= maxLength && header.Stream <= maxStream && bytes[StreamAt] < 0x80 && header.IsUsual;
    }

    // Absent for an unknown type.
    private int? UsualFlags => Type switch
    {
        FrameType.Data => EndStreamFlag | PaddedFlag,
        FrameType.Headers => EndStreamFlag | EndHeadersFlag | PaddedFlag | PriorityFlag,
        FrameType.PushPromise => EndHeadersFlag | PaddedFlag,
        FrameType.Continuation => EndHeadersFlag,
        FrameType.Settings or FrameType.Ping => EndStreamFlag,
        FrameType.Priority or FrameType.ResetStream or FrameType.GoAway or FrameType.WindowUpdate
            or FrameType.AlternativeService or FrameType.Origin or FrameType.PriorityUpdate => 0,
        _ => null,
    };
}
