namespace Trama.Framing;

/// <summary>What can be said of directions.</summary>
public static class Directions
{
    /// <summary>The stream that flows against this one.</summary>
    public static Direction Other(this Direction direction) => direction == Direction.ToServer ? Direction.ToClient : Direction.ToServer;
}
