namespace Trama.Peers.Relaying;

/// <summary>A server that a relay connects its clients to.</summary>
/// <param name="Host">Its name or address.</param>
/// <param name="Port">Its port, 1 to 65535.</param>
public sealed record RelayTarget(string Host, int Port)
{
    /// <summary>The target as <c>server:5000</c> or <c>[::1]:5000</c>.</summary>
    public override string ToString() => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
