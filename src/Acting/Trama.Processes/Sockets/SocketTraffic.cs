namespace Trama.Processes.Sockets;

/// <summary>How much went over a connection since it was made.</summary>
/// <param name="Acknowledged">Bytes that the peer acknowledged; its SYN-ACK counts one.</param>
/// <param name="Received">Bytes that came.</param>
public readonly record struct SocketTraffic(ulong Acknowledged, ulong Received);
