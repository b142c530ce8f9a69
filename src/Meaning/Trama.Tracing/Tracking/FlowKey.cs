using Trama.Packets.Transport;

namespace Trama.Tracing.Tracking;

/// <summary>Two endpoints, whichever is named first.</summary>
internal readonly struct FlowKey(in Endpoint one, in Endpoint other) : IEquatable<FlowKey>
{
    private readonly Endpoint _one = one;
    private readonly Endpoint _other = other;

    public bool Equals(FlowKey key) =>
        (_one == key._one && _other == key._other) || (_one == key._other && _other == key._one);

    public override bool Equals(object? obj) => obj is FlowKey key && Equals(key);

    public override int GetHashCode() => _one.GetHashCode() ^ _other.GetHashCode();
}
