using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Trama.Packets.Decoding;
using Trama.Tracing.Tracking;

namespace Trama.Tracing.Sharding;

/// <summary>
/// The steps that a shard has in a batch, with copies of their segments, one behind the other: so the thread that works on them has the
/// next in its cache before it comes to it, whoever wrote them. They name by number what they are about.
/// </summary>
internal sealed class ShardSteps
{
    private const int MostObjects = 64;
    private const int MostBytes = 16 * 1024;

    private BatchRow<object> _objects = new(MostObjects);
    private BatchRow<byte> _steps = new(MostBytes);

    /// <summary>Adds something that steps are about, and gives it a number.</summary>
    public int Add(object about)
    {
        _objects.Add(1)[0] = about;
        return _objects.Length - 1;
    }

    /// <summary>Adds a step that is no segment.</summary>
    public void Add(in ShardStep step) => MemoryMarshal.AsRef<ShardStep>(_steps.Add(Unsafe.SizeOf<ShardStep>())) = step;

    /// <summary>Adds a segment.</summary>
    public void Add(in ShardStep step, in TcpSegment segment)
    {
        Span<byte> place = _steps.Add(Unsafe.SizeOf<ShardStep>() + PackedSegment.LengthOf(segment));
        MemoryMarshal.AsRef<ShardStep>(place) = step;
        PackedSegment.Write(segment, place[Unsafe.SizeOf<ShardStep>()..]);
    }

    /// <summary>Works on the steps, in order.</summary>
    public void Take(ShardLog log)
    {
        ReadOnlySpan<object> objects = _objects.Items;
        ReadOnlySpan<byte> rest = _steps.Items;
        while (!rest.IsEmpty)
        {
            ref readonly ShardStep step = ref MemoryMarshal.AsRef<ShardStep>(rest);
            rest = rest[Unsafe.SizeOf<ShardStep>()..];
            log.Step = step.Place;
            var connection = (TrackedConnection)objects[step.Connection];
            switch (step.Kind)
            {
                case ShardStepKind.Segment: rest = rest[TakeSegment(step, connection, rest)..]; break;
                case ShardStepKind.Open: connection.Open(); break;
                case ShardStepKind.Error:
                    connection.Context.Sink.ErrorReported(connection.Connection, step.Packet, (QuotedSegment)objects[step.Error]);
                    break;
                case ShardStepKind.EndReply: connection.EndReply(); break;
                default: connection.End(); break;
            }
        }
    }

    /// <summary>Begins anew.</summary>
    public void Clear()
    {
        _objects.Clear();
        _steps.Clear();
    }

    private static int TakeSegment(in ShardStep step, TrackedConnection connection, ReadOnlySpan<byte> bytes)
    {
        Connection ends = connection.Connection;
        int length = step.From == Side.Client ? PackedSegment.Read(bytes, ends.Client, ends.Server, out TcpSegment segment)
            : PackedSegment.Read(bytes, ends.Server, ends.Client, out segment);
        connection.Context.IsOrderKept = step.IsOrderKept;
        connection.Take(segment, step.From, step.Packet);
        return length;
    }
}
