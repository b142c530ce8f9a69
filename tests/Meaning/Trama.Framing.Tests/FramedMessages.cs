using System.Globalization;
using System.Text;

namespace Trama.Framing.Tests;

/// <summary>What the two halves of a framing tell of messages, one line each: who, which, and what it is.</summary>
internal sealed class FramedMessages(ConnectionFraming framing)
{
    private readonly Dictionary<(Direction, long), long> _open = [];

    public List<string> Log { get; } = [];

    public ConnectionFraming Framing { get; } = framing;

    /// <summary>How many bytes each message had, in the order of the log.</summary>
    public List<long> Lengths { get; } = [];

    /// <summary>The messages in progress.</summary>
    public IReadOnlyCollection<(Direction From, long Number)> Open => _open.Keys;

    public static FramedMessages Of(ConnectionFraming framing, int pieceLength, params (Direction From, byte[] Bytes)[] said)
    {
        var messages = new FramedMessages(framing);
        foreach ((Direction from, byte[] bytes) in said)
            foreach (byte[] piece in bytes.Chunk(pieceLength)) messages.Take(from, piece);
        return messages;
    }

    public void Take(Direction from, ReadOnlySpan<byte> bytes)
    {
        StreamFraming half = Framing[from];
        if (half.Failure.Fault != FramingFault.None) return;
        while (!bytes.IsEmpty)
        {
            int boundary = half.IsLost ? half.Boundary(bytes) : 0;
            if (half.IsLost && boundary == 0) half.Find();
            FrameStep step = half.Take(boundary <= 0 ? bytes : bytes[..boundary]);
            if (step.Status == FrameStatus.Unfit)
            {
                Log.Add($"{Mark(from)} {half.Failure.Fault} at {half.Failure.Offset}");
                return;
            }

            Assert.InRange(step.Taken, 0, bytes.Length);
            bytes = bytes[step.Taken..];
            Advance(from, step);
        }
    }

    public void Skip(Direction from, int count)
    {
        while (count > 0)
        {
            FrameStep step = Framing[from].Skip(count);
            Assert.NotEqual(FrameStatus.Unfit, step.Status);
            count -= step.Taken;
            Advance(from, step);
        }
    }

    private void Advance(Direction from, FrameStep step)
    {
        if (step.Status == FrameStatus.Between) return;
        _open[(from, step.Message)] = _open.GetValueOrDefault((from, step.Message)) + step.Taken;
        if (step.Status == FrameStatus.Complete) End(from, step.Message);
    }

    private void End(Direction from, long message)
    {
        _open.Remove((from, message), out long length);
        var end = new MessageEnd { Message = message };
        Framing[from].Describe(ref end);
        var line = new StringBuilder(Mark(from));
        if (end.Key is { } key) line.Append(CultureInfo.InvariantCulture, $" #{key}");
        if (end.Protocol is not null) line.Append(' ').Append(end.Protocol);
        line.Append(": ");
        Lengths.Add(length);
        VisibleText.Append(line, end.Operation.IsEmpty ? end.Status : end.Operation);
        if (!end.Group.IsEmpty) VisibleText.Append(line.Append(" ~ "), end.Group);
        if (!end.Description.SequenceEqual(end.Operation.IsEmpty ? end.Status : end.Operation)) VisibleText.Append(
            line.Append(" = "), end.Description);
        if (end.Failed == true) line.Append(" failed");
        if (end.Traits != MessageTraits.None) line.Append(" [").Append(end.Traits).Append(']');
        Log.Add(line.ToString());
    }

    private static string Mark(Direction from) => from == Direction.ToServer ? ">" : "<";
}
