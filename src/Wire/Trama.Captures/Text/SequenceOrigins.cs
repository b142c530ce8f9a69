using Trama.Packets.Transport;

namespace Trama.Captures.Text;

/// <summary>
/// Makes sequence numbers absolute again: tcpdump shows a connection's first ones as they are, and later ones relative to those, unless it
/// was told not to (<c>-S</c>). Text that begins in the middle has relative ones only.
/// </summary>
internal sealed class SequenceOrigins
{
    private const int MaxConnections = 1 << 16;

    // Initial sequence numbers are chosen at random (RFC 6528): one so small is a relative number.
    private const uint SmallestInitial = 1 << 24;

    // Where a stream starts of which the text never tells.
    private const uint MadeUp = 1 << 30;

    private readonly Dictionary<(Endpoint From, Endpoint To), Direction> _directions = [];

    /// <summary>Makes the numbers of a line absolute.</summary>
    public (SequenceNumber Sequence, SequenceNumber Acknowledgement) Resolve(in SegmentLine line)
    {
        if (_directions.Count >= MaxConnections) _directions.Clear();
        Direction own = Find(line.Source, line.Destination), other = Find(line.Destination, line.Source);
        bool isSyn = (line.Flags & TcpFlags.Syn) != 0;
        SequenceNumber sequence = line.Sequence is { } shown ? own.Resolve(shown, isSyn) : own.Next;
        SequenceNumber acknowledgement = default;
        if (line.Acknowledgement is { } acknowledged) acknowledgement = other.Resolve(acknowledged, isSyn && !other.IsKnown, precededBy: 1);
        int length = line.Length + ((line.Flags & (TcpFlags.Syn | TcpFlags.Fin)) != 0 ? 1 : 0);
        if (length > 0 && (isSyn || sequence + length > own.Next)) own.Next = sequence + length;
        return (sequence, acknowledgement);
    }

    /// <summary>Makes a number absolute that counts the bytes which one side sent to another.</summary>
    public SequenceNumber Resolve(in Endpoint from, in Endpoint to, uint shown) => Find(from, to).Resolve(shown, isInitial: false);

    private Direction Find(Endpoint from, Endpoint to)
    {
        if (!_directions.TryGetValue((from, to), out Direction? direction)) _directions.Add((from, to), direction = new Direction());
        return direction;
    }

    private sealed class Direction
    {
        private SequenceNumber _origin = new(MadeUp);
        private bool _isRelative;

        public bool IsKnown { get; private set; }

        public SequenceNumber Next { get; set; } = new(MadeUp + 1);

        /// <summary>Makes a number absolute.</summary>
        /// <param name="shown">The number on the line.</param>
        /// <param name="isInitial">Whether it is that of a SYN, or one after it, and so shown as it is.</param>
        /// <param name="precededBy">How far behind the origin the first number is: an acknowledgement names the byte after it.</param>
        public SequenceNumber Resolve(uint shown, bool isInitial, int precededBy = 0)
        {
            if (isInitial || !IsKnown)
            {
                _isRelative = !isInitial && shown < SmallestInitial;
                IsKnown = true;
                if (!_isRelative)
                {
                    _origin = new SequenceNumber(shown) + -precededBy;
                    Next = new SequenceNumber(shown);
                    return Next;
                }
            }

            SequenceNumber relative = _origin + (int)shown, absolute = new(shown);
            return _isRelative || Distance(relative) <= Distance(absolute) ? relative : absolute;
        }

        private long Distance(SequenceNumber number) => Math.Abs((long)(number - Next));
    }
}
