namespace Trama.Processes.Sockets;

/// <summary>A connection by a Unix socket that was found by its path, unix(7).</summary>
/// <param name="Inode">The number of the file of the socket that was accepted.</param>
/// <param name="Peer">That of the socket that connected; 0 where it is not told.</param>
/// <param name="Path">The path, as the one who listens named it.</param>
public readonly record struct UnixConnection(uint Inode, uint Peer, string Path);
