using Trama.Packets;
using Trama.Tracing;

namespace Trama.Cli.Commands.Running;

/// <summary>A connection of this machine, of which it is to be found out whether it is the command's.</summary>
/// <param name="owner">Tells whose a side is; null when that will not be known.</param>
/// <param name="since">When it was first seen.</param>
internal sealed class TreeConnection(Func<Side, SideProcess?>? owner, Timestamp since)
{
    /// <summary>Tells whose a side is.</summary>
    public Func<Side, SideProcess?>? Owner => owner;

    /// <summary>When it was first seen.</summary>
    public Timestamp Since => since;

    /// <summary>Its packets, until that is known.</summary>
    public Queue<HeldPacket> Held { get; } = new();

    /// <summary>Whether it is known.</summary>
    public bool IsDecided { get; private set; }

    /// <summary>Whether it is the command's.</summary>
    public bool IsOfTree { get; private set; }

    /// <summary>It is known.</summary>
    public void Decide(bool isOfTree) => (IsDecided, IsOfTree) = (true, isOfTree);
}
