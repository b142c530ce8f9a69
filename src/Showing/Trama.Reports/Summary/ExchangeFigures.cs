using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Trama.Reports.Times;
using Trama.Tracing;

namespace Trama.Reports.Summary;

/// <summary>What a summary counts of an exchange, so that a shard can pass it on without the exchange.</summary>
/// <param name="Times">The parts of its time; null when it has no end, or no beginning.</param>
/// <param name="ServerNs">The server's time, in nanoseconds.</param>
/// <param name="HasFailed">Whether its protocol calls it failed.</param>
/// <param name="AtNs">When it began, in nanoseconds since the Unix epoch.</param>
internal readonly record struct ExchangeFigures(ExchangeTimes? Times, long? ServerNs, bool HasFailed, long AtNs)
{
    /// <summary>How many letters of a protocol's name are told.</summary>
    public const int MaxProtocol = 32;

    /// <summary>The figures of an exchange.</summary>
    public static ExchangeFigures Of(Exchange exchange) =>
        new(ExchangeTimes.Of(exchange), exchange.ServerNs, exchange.Failed == true, exchange.FirstAt.Nanoseconds);

    /// <summary>Writes the name of an exchange's protocol; nothing where it has none.</summary>
    /// <returns>How many bytes that is.</returns>
    public static int WriteProtocol(Exchange exchange, Span<byte> room)
    {
        if (exchange.Protocol is not { } protocol) return 0;
        Ascii.FromUtf16(protocol, room, out int written);
        return written;
    }

    /// <summary>Writes the figures of an exchange, the name of its protocol and its group.</summary>
    public static void Write(Exchange exchange, IBufferWriter<byte> output)
    {
        ReadOnlySpan<byte> group = exchange.Group.Span;
        int size = Unsafe.SizeOf<ExchangeFigures>();
        Span<byte> room = output.GetSpan(size + 1 + MaxProtocol + group.Length);
        ExchangeFigures figures = Of(exchange);
        MemoryMarshal.Write(room, in figures);
        int protocol = WriteProtocol(exchange, room.Slice(size + 1, MaxProtocol));
        room[size] = (byte)protocol;
        group.CopyTo(room[(size + 1 + protocol)..]);
        output.Advance(size + 1 + protocol + group.Length);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static ExchangeFigures Read(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> protocol, out ReadOnlySpan<byte> group)
    {
        int size = Unsafe.SizeOf<ExchangeFigures>();
        protocol = bytes.Slice(size + 1, bytes[size]);
        group = bytes[(size + 1 + protocol.Length)..];
        return MemoryMarshal.Read<ExchangeFigures>(bytes);
    }
}
