using Trama.Replay.Learning;

namespace Trama.Replay.Serving;

/// <summary>What is done about a request that was not recorded.</summary>
public abstract record UnknownPolicy
{
    /// <summary>It is answered as the recorded one whose operation begins most alike.</summary>
    public sealed record Nearest : UnknownPolicy;

    /// <summary>The connection is closed.</summary>
    public sealed record Close : UnknownPolicy;

    /// <summary>It is answered with these bytes, as they are.</summary>
    /// <param name="Bytes">The bytes.</param>
    public sealed record Reply(ReadOnlyMemory<byte> Bytes) : UnknownPolicy;

    /// <summary>Another server is asked, and what it replies is passed on.</summary>
    /// <param name="Host">Its name or address.</param>
    /// <param name="Port">Its port.</param>
    public sealed record Relay(string Host, int Port) : UnknownPolicy
    {
        /// <summary>Where what that one says is kept, and then answered with as if it had been recorded; null for nowhere.</summary>
        public LearnedCapture? Learned { get; init; }
    }
}
