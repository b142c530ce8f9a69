using System.Buffers.Binary;
using System.Text;
using Trama.Fleet.Sending;
using Trama.Rows.Journals;

namespace Trama.Fleet.Sensing;

/// <summary>Writes frames into a pipe, from several threads.</summary>
/// <param name="output">The pipe.</param>
public sealed class CourierPipe(Stream output)
{
    private readonly Lock _lock = new();

    /// <summary>Writes a frame.</summary>
    /// <exception cref="IOException">Nobody reads.</exception>
    public void Write(CourierFrame kind, ReadOnlySpan<byte> content)
    {
        byte[] frame = new byte[Frame.HeaderBytes + 1 + content.Length];
        frame[Frame.HeaderBytes] = (byte)kind;
        content.CopyTo(frame.AsSpan(Frame.HeaderBytes + 1));
        Frame.WriteHeader(frame, frame.AsSpan(Frame.HeaderBytes));
        lock (_lock)
        {
            output.Write(frame);
            output.Flush();
        }
    }

    /// <summary>Writes a frame that begins with a number.</summary>
    /// <exception cref="IOException">Nobody reads.</exception>
    public void Write(CourierFrame kind, long number, ReadOnlySpan<byte> content)
    {
        byte[] numbered = new byte[sizeof(long) + content.Length];
        BinaryPrimitives.WriteInt64LittleEndian(numbered, number);
        content.CopyTo(numbered.AsSpan(sizeof(long)));
        Write(kind, numbered);
    }

    /// <summary>Writes which messages of a spool are meant.</summary>
    /// <exception cref="IOException">Nobody reads.</exception>
    public void Write(CourierFrame kind, long incarnation, int partition, RangeSet ranges)
    {
        ArgumentNullException.ThrowIfNull(ranges);
        Write(kind, incarnation, [(byte)partition, .. Encoding.ASCII.GetBytes(ranges.ToString())]);
    }

    /// <summary>Reads a number at the front, and takes it away.</summary>
    public static bool TryReadNumber(ref ReadOnlySpan<byte> content, out long number)
    {
        number = 0;
        if (content.Length < sizeof(long)) return false;
        number = BinaryPrimitives.ReadInt64LittleEndian(content);
        content = content[sizeof(long)..];
        return true;
    }

    /// <summary>Reads which messages are meant.</summary>
    public static bool TryReadRanges(ReadOnlySpan<byte> content, out long incarnation, out int partition, out RangeSet ranges)
    {
        (partition, ranges) = (0, new RangeSet());
        if (!TryReadNumber(ref content, out incarnation) || content.Length < 2) return false;
        partition = content[0];
        return RangeSet.TryParse(Encoding.ASCII.GetString(content[1..]), MostRanges, out ranges);
    }

    /// <summary>How many ranges one frame names at most; of more, the later ones are named later.</summary>
    public const int MostRanges = 4096;
}
