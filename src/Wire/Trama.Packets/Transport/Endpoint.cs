using System.Runtime.CompilerServices;
using Trama.Packets.Network;

namespace Trama.Packets.Transport;

/// <summary>An address and a port: one end of a connection.</summary>
public readonly record struct Endpoint(IpAddress Address, ushort Port)
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Equals(Endpoint other) => Port == other.Port && Address.Equals(other.Address);

    /// <inheritdoc/>
    public override int GetHashCode() => unchecked((Address.GetHashCode() + Port) * -1640531527);

    /// <summary>The endpoint as <c>127.0.0.1:5000</c> or <c>[::1]:5000</c>.</summary>
    public override string ToString() => Address.IsIpv6 ? $"[{Address}]:{Port}" : $"{Address}:{Port}";
}
