namespace Trama.Processes.Sockets;

/// <summary>Memory of a socket, in bytes.</summary>
/// <param name="Received">For what came and was not read.</param>
/// <param name="ReceiveLimit">The most for that.</param>
/// <param name="ToSend">For what is to be sent or acknowledged.</param>
/// <param name="SendLimit">The most for that.</param>
public readonly record struct SocketMemory(uint Received, uint ReceiveLimit, uint ToSend, uint SendLimit);
