namespace Trama.Peers.Replies;

/// <summary>There is no answer to a message.</summary>
public sealed class ResponderException(ResponderFailure failure, Exception? cause = null) : Exception(cause?.Message ?? failure.ToString(), cause)
{
    /// <summary>Why.</summary>
    public ResponderFailure Failure { get; } = failure;
}
