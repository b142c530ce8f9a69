namespace Trama.Peers.Misbehaving;

/// <summary>A connection is over because its <see cref="FaultPlan"/> says so.</summary>
/// <param name="reset">Whether it has been reset.</param>
/// <param name="sent">How many bytes of the last write were sent.</param>
public sealed class MisbehaviourException(bool reset, int sent) : IOException("The connection is over, on purpose.")
{
    /// <summary>Whether the connection has been reset. Otherwise whoever sends is to end the stream in good order.</summary>
    public bool IsReset { get; } = reset;

    /// <summary>How many bytes of the last write were sent before.</summary>
    public int Sent { get; } = sent;
}
