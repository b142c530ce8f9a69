namespace Trama.Peers.Sending;

/// <summary>A proxy that a client asks to connect for it.</summary>
/// <param name="Kind">What it speaks.</param>
/// <param name="Host">Its name or address.</param>
/// <param name="Port">Its port, 1 to 65535.</param>
/// <param name="User">The name to sign in with; null when it asks for none.</param>
/// <param name="Password">The password that goes with the name.</param>
public sealed record ProxyServer(ProxyKind Kind, string Host, int Port, string? User = null, string Password = "");
