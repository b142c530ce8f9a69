using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Trama.Fleet.Sending;
using Trama.Rows;

namespace Trama.Fleet.Holding;

/// <summary>A message as a partition's journal has it.</summary>
/// <param name="Sensor">Who sent it; empty when a hub made it.</param>
/// <param name="Stream">When the broker's stream was made from which it came, in nanoseconds since the Unix epoch: its incarnation.</param>
/// <param name="StreamSequence">Its place in that stream.</param>
/// <param name="ArrivedAt">When it arrived, in nanoseconds since the Unix epoch.</param>
/// <param name="Content">The message, as <see cref="FleetMessage.TryRead"/> reads it.</param>
public readonly record struct HeldMessage(string Sensor, long Stream, ulong StreamSequence, long ArrivedAt, ReadOnlyMemory<byte> Content)
{
    /// <summary>How long a sensor's name is at most, in characters.</summary>
    public const int MaxName = 64;

    /// <summary>Whether a text can name a sensor: letters of ASCII, digits, <c>-</c> and <c>_</c>.</summary>
    public static bool IsName(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length is > 0 and <= MaxName && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');
    }

    /// <summary>Writes it.</summary>
    public ReadOnlyMemory<byte> ToBytes()
    {
        var output = new ArrayBufferWriter<byte>(Content.Length + 128);
        BinaryPrimitives.WriteInt64LittleEndian(output.GetSpan(sizeof(long)), Stream);
        output.Advance(sizeof(long));
        output.WriteVariable(StreamSequence);
        output.WriteZigZag(ArrivedAt);
        output.WriteVariable((ulong)Sensor.Length);
        output.Write(Encoding.ASCII.GetBytes(Sensor));
        output.Write(Content.Span);
        return output.WrittenMemory;
    }

    /// <summary>Reads one; false when it is none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out HeldMessage message)
    {
        message = default;
        if (bytes.Length < sizeof(long)) return false;
        long stream = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        bytes = bytes[sizeof(long)..];
        if (!VariableLength.TryReadVariable(ref bytes, out ulong sequence) || !VariableLength.TryReadZigZag(ref bytes, out long at)
            || !VariableLength.TryReadVariable(ref bytes, out ulong length) || length > MaxName || (int)length > bytes.Length) return false;
        string sensor = Encoding.ASCII.GetString(bytes[..(int)length]);
        message = new HeldMessage(sensor, stream, sequence, at, bytes[(int)length..].ToArray());
        return true;
    }
}
