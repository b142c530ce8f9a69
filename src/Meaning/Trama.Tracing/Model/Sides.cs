namespace Trama.Tracing;

/// <summary>What can be said of sides.</summary>
public static class Sides
{
    /// <summary>The side across.</summary>
    public static Side Other(this Side side) => side == Side.Client ? Side.Server : Side.Client;
}
