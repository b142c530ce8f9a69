namespace Trama.Lab.Paths;

/// <summary>Which way a packet goes.</summary>
internal enum Direction
{
    /// <summary>From the client to the server.</summary>
    ToServer,

    /// <summary>From the server to the client.</summary>
    ToClient,
}

/// <summary>What a direction is called, and its opposite.</summary>
internal static class Directions
{
    /// <summary>The other way.</summary>
    public static Direction Back(this Direction direction) => 1 - direction;

    /// <summary>As truth.json has it.</summary>
    public static string Short(this Direction direction) => direction == Direction.ToServer ? "c2s" : "s2c";
}
