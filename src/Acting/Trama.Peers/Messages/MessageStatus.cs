namespace Trama.Peers.Messages;

/// <summary>What the bytes at hand make.</summary>
public enum MessageStatus
{
    /// <summary>No message is complete; the bytes were taken.</summary>
    NeedMore,

    /// <summary>A message is complete.</summary>
    Complete,

    /// <summary>The message in progress is larger than the limit.</summary>
    TooLarge,

    /// <summary>The bytes do not fit the framing; <see cref="MessageAssembler.Failure"/> says why.</summary>
    Unfit,
}
