namespace Trama.Peers.Replies;

/// <summary>There is no answer to a message, or something is wrong with it.</summary>
public sealed class ResponderException(ResponderFailure failure, Exception? cause = null)
    : Exception(cause?.Message ?? failure.ToString(), cause)
{
    /// <summary>Why.</summary>
    public ResponderFailure Failure { get; } = failure;

    /// <summary>
    /// The exit code after <see cref="ResponderFailure.Exited"/>; the number of the signal after <see cref="ResponderFailure.Killed"/>.
    /// </summary>
    public int Code { get; init; }
}
