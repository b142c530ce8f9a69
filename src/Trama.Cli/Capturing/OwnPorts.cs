namespace Trama.Cli.Capturing;

/// <summary>The ports that a client has connected from; safe for several threads.</summary>
internal sealed class OwnPorts
{
    private readonly ulong[] _bits = new ulong[(ushort.MaxValue + 1) / 64];

    /// <summary>Adds a port, 0 to 65535.</summary>
    public void Add(int port) => Interlocked.Or(ref _bits[port / 64], 1UL << (port % 64));

    /// <summary>Whether it was added.</summary>
    public bool Contains(ushort port) => (Volatile.Read(ref _bits[port / 64]) & (1UL << (port % 64))) != 0;
}
