using System.Net;
using System.Net.Sockets;

namespace Trama.Run;

/// <summary>Takes over the real socket of a connection that may begin TLS now.</summary>
/// <param name="real">The socket, connected.</param>
/// <param name="server">Where it is connected to.</param>
/// <param name="before">What the command has said to it already, in the clear; empty when TLS comes first.</param>
/// <param name="heard">How many bytes the server has said by now.</param>
/// <returns>The socket to go on with in its place.</returns>
public delegate Socket Interceptor(Socket real, IPEndPoint server, IReadOnlyList<SaidBefore> before, long heard);

/// <summary>What a command said to a server before it began TLS.</summary>
/// <param name="Heard">How many bytes the server had said by then.</param>
/// <param name="Bytes">What the command said.</param>
public sealed record SaidBefore(long Heard, byte[] Bytes);
