using Trama.Tracing;

namespace Trama.Replay.Again;

/// <summary>Looks for a connection in another capture by what the path does not change: the numbers with which both sides begin.</summary>
internal sealed class SameConnection(Connection wanted) : ITraceSink
{
    /// <summary>Its number there; null while it was not found.</summary>
    public long? Number { get; private set; }

    void ITraceSink.ConnectionEnded(Connection connection)
    {
        if (Number is null && IsSame(Side.Client, connection) && IsSame(Side.Server, connection)
            && wanted.Stream(Side.Client).InitialSequence is not null) Number = connection.Id;
    }

    // One side may not have been heard at one of the places.
    private bool IsSame(Side side, Connection connection) =>
        wanted.Stream(side).InitialSequence is not { } one || connection.Stream(side).InitialSequence is not { } other || one == other;
}
