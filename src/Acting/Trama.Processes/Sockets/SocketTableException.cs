namespace Trama.Processes.Sockets;

/// <summary>The kernel does not tell of sockets: no <c>sock_diag</c>, or it is not allowed here.</summary>
public sealed class SocketTableException(string message) : Exception(message);
