using System.Buffers;
using Trama.Framing;

namespace Trama.Peers.Messages;

/// <summary>
/// Puts the messages of one stream together from what reads give. A message that lies whole in one read is not copied;
/// a longer one grows in a pooled buffer, up to the limit. Does no I/O.
/// </summary>
/// <param name="framing">Where messages end.</param>
/// <param name="limit">The most bytes of a message, 1 to <see cref="LargestLimit"/>.</param>
public sealed class MessageAssembler(StreamFraming framing, long limit)
{
    /// <summary>The largest limit: 1 GiB.</summary>
    public const long LargestLimit = 1 << 30;

    private byte[] _kept = [];
    private bool _isHandedOut;

    /// <summary>Bytes of the message in progress.</summary>
    public int Length { get; private set; }

    /// <summary>Bytes of memory that it holds.</summary>
    public int HeldBytes => _kept.Length;

    /// <summary>Why the bytes do not fit, after <see cref="MessageStatus.Unfit"/>.</summary>
    public FramingFailure Failure => framing.Failure;

    /// <summary>Takes bytes up to the end of a message.</summary>
    /// <param name="bytes">What was read and not taken yet; afterwards, the rest.</param>
    /// <param name="message">The whole message; valid until the next call, and no longer than the bytes are.</param>
    public MessageStatus Take(ref ReadOnlyMemory<byte> bytes, out ReadOnlyMemory<byte> message)
    {
        message = default;
        if (_isHandedOut) Forget();
        if (bytes.IsEmpty) return MessageStatus.NeedMore;
        FrameStep step = framing.Take(bytes.Span);
        if (step.Status == FrameStatus.Unfit) return MessageStatus.Unfit;
        if (Length + (long)step.Taken > limit) return MessageStatus.TooLarge;
        ReadOnlyMemory<byte> taken = bytes[..step.Taken];
        bytes = bytes[step.Taken..];
        if (step.Status == FrameStatus.Complete && Length == 0)
        {
            message = taken;
            return MessageStatus.Complete;
        }

        Keep(taken.Span);
        if (step.Status == FrameStatus.NeedMore) return MessageStatus.NeedMore;
        message = _kept.AsMemory(0, Length);
        _isHandedOut = true;
        return MessageStatus.Complete;
    }

    /// <summary>Forgets the message in progress and gives its buffer back.</summary>
    public void Forget()
    {
        if (_kept.Length > 0) ArrayPool<byte>.Shared.Return(_kept);
        _kept = [];
        Length = 0;
        _isHandedOut = false;
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (Length + bytes.Length > _kept.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Math.Max(2L * Length, Length + bytes.Length), LargestLimit));
            _kept.AsSpan(0, Length).CopyTo(larger);
            if (_kept.Length > 0) ArrayPool<byte>.Shared.Return(_kept);
            _kept = larger;
        }

        bytes.CopyTo(_kept.AsSpan(Length));
        Length += bytes.Length;
    }
}
