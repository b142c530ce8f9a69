using System.Diagnostics;
using Trama.Cli.Capturing;
using Trama.Packets;
using Trama.Tracing;

namespace Trama.Cli.Commands.Running;

/// <summary>A connection of this machine, of which it is to be found out whether it is the command's.</summary>
/// <param name="owner">Tells whose a side is; null when that will not be known.</param>
internal sealed class TreeConnection(Func<Side, SideProcess?>? owner)
{
    // Of two known processes none may have been told of as one of the tree yet; of a side that is not known, its process may still take
    // the connection, or be found when it closes. On a busy machine that lasts: it counts how long it was waited, not how old packets are.
    private static readonly TimeSpan WhenKnown = TimeSpan.FromMilliseconds(300), WhenUnknown = TimeSpan.FromSeconds(2);

    // Much is said by others to other machines, whose side is never known.
    private const int MostHeldBytes = 256 << 10;

    private readonly long _since = Stopwatch.GetTimestamp();
    private readonly Queue<HeldPacket> _held = new();

    /// <summary>How many bytes of its packets are held.</summary>
    public int HeldBytes { get; private set; }

    /// <summary>How many of its packets found no room.</summary>
    public int Lost { get; set; }

    /// <summary>Whether it is known whose it is.</summary>
    public bool IsDecided { get; private set; }

    /// <summary>Whether it is the command's.</summary>
    public bool IsOfTree { get; private set; }

    /// <summary>Holds a packet until it is known.</summary>
    public void Hold(in Record record)
    {
        var packet = new HeldPacket(record);
        _held.Enqueue(packet);
        HeldBytes += packet.Length;
    }

    /// <summary>Takes what was held.</summary>
    public bool TryRelease(out HeldPacket packet)
    {
        bool has = _held.TryDequeue(out HeldPacket? first);
        if (has) HeldBytes -= first!.Length;
        packet = first!;
        return has;
    }

    /// <summary>Looks whose it is, and gives it up when that is still not known after some time.</summary>
    /// <returns>Whether it is decided.</returns>
    public bool Decide(Func<int, bool> isOfTree)
    {
        if (IsDecided) return true;
        SideProcess? client = owner?.Invoke(Side.Client), server = owner?.Invoke(Side.Server);
        IsOfTree = Has(client, isOfTree) || Has(server, isOfTree);
        bool isKnown = owner is null || IsKnown(client, server) || HeldBytes > MostHeldBytes;
        return IsDecided = IsOfTree || Stopwatch.GetElapsedTime(_since) > (isKnown ? WhenKnown : WhenUnknown);
    }

    private static bool Has(SideProcess? side, Func<int, bool> isOfTree) => side is { IsKnown: true } && side.Ids.Any(isOfTree);

    private static bool IsKnown(SideProcess? client, SideProcess? server) =>
        client is { IsKnown: true } && server is { IsKnown: true } or { IsNobody: true };
}
