namespace Trama.Lab.Reenacting;

/// <summary>One program of a scene, and how its host speaks TCP.</summary>
public sealed record SceneSide
{
    /// <summary>What it does, in order.</summary>
    public IReadOnlyList<SceneStep> Steps { get; init; } = [];

    /// <summary>When it does not read, in order; none reads whatever comes.</summary>
    public IReadOnlyList<ScenePause> Pauses { get; init; } = [];

    /// <summary>Its receive buffer in bytes; null leaves it to the kernel.</summary>
    public int? ReceiveBuffer { get; init; }

    /// <summary>Whether it sends what it writes at once (TCP_NODELAY).</summary>
    public bool NoDelay { get; init; }

    /// <summary>When it asks whether the other side is still there; null for never.</summary>
    public SceneKeepAlive? KeepAlive { get; init; }

    /// <summary>The largest packet of its host, in bytes.</summary>
    public int Mtu { get; init; } = 1500;

    /// <summary>Whether its host offers timestamps (RFC 7323).</summary>
    public bool Timestamps { get; init; } = true;

    /// <summary>Whether its host offers to scale its window (RFC 7323).</summary>
    public bool WindowScaling { get; init; } = true;

    /// <summary>Whether its host offers selective acknowledgements (RFC 2018).</summary>
    public bool SelectiveAcknowledgements { get; init; } = true;
}
