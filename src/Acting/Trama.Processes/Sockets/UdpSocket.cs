using System.Net;

namespace Trama.Processes.Sockets;

/// <summary>One UDP socket of this machine.</summary>
/// <param name="Local">This side.</param>
/// <param name="Peer">The other side; port 0 of a socket that talks to anybody.</param>
/// <param name="Inode">The number of its file; 0 when no program has it.</param>
public readonly record struct UdpSocket(IPEndPoint Local, IPEndPoint Peer, uint Inode);
